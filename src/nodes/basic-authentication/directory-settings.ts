import { z } from 'zod'
import { secretSetting, setting } from '../define-node.ts'
import type { DirectorySettings } from '../ports/outside-ports.ts'

const texts = z.array(z.string()).default([])

const servers = {
  primaryServers: setting(
    'Primary LDAP Server',
    'Directory servers as `host:port`, or `name|host:port`; the first that can be reached is asked.',
    texts,
  ),
  secondaryServers: setting(
    'Secondary LDAP Server',
    'Servers to ask when no primary one can be reached.',
    texts,
  ),
}

const search = {
  accountSearchBaseDn: setting(
    'DN to Start User Search',
    'Entries below which people are searched for, one after the other.',
    texts,
  ),
  adminDn: setting(
    'Bind User DN',
    'Who searches. Empty searches without signing in.',
    z.string().default(''),
  ),
  adminPassword: secretSetting(
    'Bind User Password',
    'Password of that user.',
    z.string().nullish(),
    ({ adminDn }) => adminDn !== '',
  ),
  userProfileAttribute: setting(
    'Attribute Used to Retrieve User Profile',
    'Attribute of the entry whose value is the user name here.',
    z.string().default('uid'),
  ),
  searchFilterAttributes: setting(
    'Attributes Used to Search for a User to be Authenticated',
    'A person is found where one of these is the user name. Without one, the attribute above is searched.',
    texts,
  ),
  userSearchFilter: setting(
    'User Search Filter',
    'Filter that an entry has to match besides.',
    z.string().default(''),
  ),
  searchScope: setting(
    'Search Scope',
    'How far below the base the search goes. `OBJECT` expects the entry right below it, named after the user.',
    z.enum(['OBJECT', 'ONE_LEVEL', 'SUBTREE']).default('SUBTREE'),
  ),
}

const connection = {
  ldapConnectionMode: setting(
    'LDAP Connection Mode',
    'How the connection is protected.',
    z.enum(['LDAP', 'LDAPS', 'START_TLS']).default('LDAP'),
  ),
  mtlsEnabled: setting(
    'mTLS Enabled',
    'Not available here: the node fails where it is on.',
    z.boolean().default(false),
  ),
  mtlsSecretLabel: setting(
    'mTLS Secret Label Identifier',
    'Kept for exports.',
    z.string().nullish(),
    'secretLabel',
  ),
}

const account = {
  returnUserDn: setting(
    'Return User DN to DataStore',
    'Whether the user name here is the first value of the entry’s DN, not that of the profile attribute.',
    z.boolean().default(true),
  ),
  userCreationAttrs: setting(
    'User Creation Attributes',
    'Attributes to keep in state for a profile yet to be made, as `theirs|ours`.',
    texts,
  ),
  minimumPasswordLength: setting(
    'Minimum Password Length',
    'Fewest characters of a new password.',
    z.int().nonnegative().default(8),
  ),
  beheraEnabled: setting(
    'LDAP Behera Password Policy Support',
    'Whether the directory is asked for locks, expiry and resets of passwords.',
    z.boolean().default(true),
  ),
}

const behaviour = {
  trustAllServerCertificates: setting(
    'Trust All Server Certificates',
    'Whether any certificate will do. For tests.',
    z.boolean().default(false),
  ),
  heartbeatInterval: setting(
    'LDAP Connection Heartbeat Interval',
    'Kept for exports; every check has a connection of its own.',
    z.int().default(10),
  ),
  heartbeatTimeUnit: setting(
    'LDAP Connection Heartbeat Time Unit',
    'Kept for exports.',
    z.enum(['SECONDS', 'MINUTES', 'HOURS']).default('SECONDS'),
  ),
  ldapOperationsTimeout: setting(
    'LDAP Operations Timeout',
    'Seconds to wait for each answer of a server. 0 means 30.',
    z.int().nonnegative().default(0),
  ),
  mixedCaseForPasswordChangeMessages: setting(
    'Use mixed case for password change messages',
    'Whether messages keep their case. Otherwise they are in capitals.',
    z.boolean().default(false),
  ),
  affinityLevel: setting(
    'LDAP Affinity Level',
    'Kept for exports; servers are asked in their order.',
    z.enum(['NONE', 'BIND', 'ALL']).default('NONE'),
  ),
}

/** The settings of nodes that ask a directory, in the order of the vendor's form. */
export const directoryConfig = z.object({ ...servers, ...search, ...connection, ...account, ...behaviour })

export type DirectoryConfig = z.infer<typeof directoryConfig>

/** Pairs of an attribute in the directory and the one here that its values go to. */
export function creationAttributes({ userCreationAttrs }: DirectoryConfig): [theirs: string, ours: string][] {
  return userCreationAttrs.map((pair) => {
    const [theirs = '', ours = theirs] = pair.split('|')
    return [theirs, ours]
  })
}

/** The settings as the port takes them. */
export function directoryOf(config: DirectoryConfig): DirectorySettings {
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
    isPolicyAware: config.beheraEnabled,
    attributes: [userProfileAttribute, ...creationAttributes(config).map(([theirs]) => theirs)],
  }
}
