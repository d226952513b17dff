import { z } from 'zod'
import { flagSetting, secretSetting, setting, textSetting } from '../define-node.ts'
import type { DirectorySettings } from '../ports/outside-ports.ts'

const texts = z.array(z.string()).default([])

const servers = {
  primaryServers: setting(
    'Primary LDAP Server',
    'Directory servers as `host:port` or `name|host:port`. The first reachable server is used.',
    texts,
  ),
  secondaryServers: setting(
    'Secondary LDAP Server',
    'Servers to use if no primary server can be reached.',
    texts,
  ),
}

const search = {
  accountSearchBaseDn: setting(
    'DN to Start User Search',
    'Entries to search below, one after the other.',
    texts,
  ),
  adminDn: textSetting('Bind User DN', 'Account that searches. Empty searches anonymously.'),
  adminPassword: secretSetting(
    'Bind User Password',
    'Password of that account.',
    z.string().nullish(),
    ['primaryServers', 'secondaryServers', 'adminDn', 'ldapConnectionMode', 'trustAllServerCertificates'],
    ({ adminDn }) => adminDn !== '',
  ),
  userProfileAttribute: textSetting(
    'Attribute Used to Retrieve User Profile',
    'Attribute of the entry that holds the username used here.',
    'uid',
  ),
  searchFilterAttributes: setting(
    'Attributes Used to Search for a User to be Authenticated',
    'Attributes to compare with the username. Empty: the attribute above.',
    texts,
  ),
  userSearchFilter: textSetting('User Search Filter', 'Additional filter for entries.'),
  searchScope: setting(
    'Search Scope',
    'Depth of the search. `OBJECT` expects the entry directly below the base, named after the user.',
    z.enum(['OBJECT', 'ONE_LEVEL', 'SUBTREE']).default('SUBTREE'),
  ),
}

const connection = {
  ldapConnectionMode: setting(
    'LDAP Connection Mode',
    'Protection of the connection.',
    z.enum(['LDAP', 'LDAPS', 'START_TLS']).default('LDAP'),
  ),
  mtlsEnabled: flagSetting('mTLS Enabled', 'Not supported: the node fails if this is enabled.'),
  mtlsSecretLabel: setting(
    'mTLS Secret Label Identifier',
    'Not used. Kept so that exports stay complete.',
    z.string().nullish(),
    'secretLabel',
  ),
}

const account = {
  returnUserDn: flagSetting(
    'Return User DN to DataStore',
    'Takes the username from the first value of the entry’s DN instead of the profile attribute.',
    true,
  ),
  userCreationAttrs: setting(
    'User Creation Attributes',
    'Attributes to store in state for creating a profile, as `directory attribute|profile attribute`.',
    texts,
  ),
  minimumPasswordLength: setting(
    'Minimum Password Length',
    'Minimum length of a new password.',
    z.int().nonnegative().default(8),
  ),
  beheraEnabled: flagSetting(
    'LDAP Behera Password Policy Support',
    'Requests the password’s state from the directory: locks, expiry and resets.',
    true,
  ),
}

const behaviour = {
  trustAllServerCertificates: flagSetting(
    'Trust All Server Certificates',
    'Accepts any certificate. For tests only.',
  ),
  heartbeatInterval: setting(
    'LDAP Connection Heartbeat Interval',
    'Not used: every check opens its own connection. Kept so that exports stay complete.',
    z.int().default(10),
  ),
  heartbeatTimeUnit: setting(
    'LDAP Connection Heartbeat Time Unit',
    'Not used. Kept so that exports stay complete.',
    z.enum(['SECONDS', 'MINUTES', 'HOURS']).default('SECONDS'),
  ),
  ldapOperationsTimeout: setting(
    'LDAP Operations Timeout',
    'Timeout of each request, in seconds. 0 means 30.',
    z.int().nonnegative().default(0),
  ),
  mixedCaseForPasswordChangeMessages: flagSetting(
    'Use mixed case for password change messages',
    'Shows messages in mixed case instead of capitals.',
  ),
  affinityLevel: setting(
    'LDAP Affinity Level',
    'Not used: servers are tried in order. Kept so that exports stay complete.',
    z.enum(['NONE', 'BIND', 'ALL']).default('NONE'),
  ),
}

/** The settings of nodes that use a directory, in the order of the vendor's form. */
export const directoryConfig = z.object({ ...servers, ...search, ...connection, ...account, ...behaviour })

export type DirectoryConfig = z.infer<typeof directoryConfig>

/** The same for Active Directory, which reports the password's state in its own way. */
export const activeDirectoryConfig = directoryConfig.omit({ beheraEnabled: true }).extend({
  userProfileAttribute: textSetting(
    'Attribute Used to Retrieve User Profile',
    'Attribute of the entry that holds the username used here.',
    'sAMAccountName',
  ),
  returnAccountLockedMessage: flagSetting(
    'Return Account Locked Message',
    'Tells people that their account is locked. Otherwise they are only told that the login failed.',
  ),
})

type SharedConfig = Omit<DirectoryConfig, 'beheraEnabled'>

/** Pairs of a directory attribute and the profile attribute that gets its values. */
export function creationAttributes({ userCreationAttrs }: SharedConfig): [theirs: string, ours: string][] {
  return userCreationAttrs.map((pair) => {
    const [theirs = '', ours = theirs] = pair.split('|')
    return [theirs, ours]
  })
}

export function directoryOf(config: SharedConfig, policy: DirectorySettings['policy']): DirectorySettings {
  const { searchFilterAttributes, userProfileAttribute } = config
  return {
    servers: [...config.primaryServers, ...config.secondaryServers],
    connection: config.ldapConnectionMode,
    trustAllServerCertificates: config.trustAllServerCertificates,
    timeoutSeconds: config.ldapOperationsTimeout || 30,
    adminDn: config.adminDn,
    adminPassword: config.adminPassword ?? '',
    baseDns: config.accountSearchBaseDn,
    searchAttributes: searchFilterAttributes.length > 0 ? searchFilterAttributes : [userProfileAttribute],
    searchFilter: config.userSearchFilter,
    scope: config.searchScope,
    policy,
    attributes: [userProfileAttribute, ...creationAttributes(config).map(([theirs]) => theirs)],
  }
}
