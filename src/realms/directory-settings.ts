import { z } from 'zod'

const name = z.string().max(255)

/** A host name or address, with an optional port. */
const server = z.string().regex(/^(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/, 'must be host or host:port')

/** An LDAP attribute name. Source: RFC 4512, "Attribute Descriptions". */
const directoryName = z.string().regex(/^[A-Za-z][A-Za-z0-9;-]{0,127}$/, 'must be the name of an attribute')

const attributeSchema = z.object({
  here: z
    .string()
    .regex(/^[A-Za-z]\w{0,127}$/, 'must be the name of an attribute')
    .meta({ title: 'Attribute of the realm', description: 'Name of the attribute in this realm.' }),
  there: directoryName.meta({
    title: 'Attribute in the directory',
    description: 'Name of the attribute in the directory.',
  }),
})

/** A directory with people of the realm. */
export const directorySchema = z.object({
  servers: z.array(server).max(10).default([]).meta({
    title: 'Servers',
    description:
      'Servers as host:port. The first one that responds is used. If empty, people are stored only in this realm.',
  }),
  kind: z.enum(['LDAP', 'ACTIVE_DIRECTORY']).default('LDAP').meta({
    title: 'Directory type',
    description: 'Decides the attributes for usernames and passwords.',
  }),
  connection: z.enum(['LDAPS', 'START_TLS', 'LDAP']).default('LDAPS').meta({
    title: 'Connection',
    description: 'LDAP sends passwords unencrypted.',
  }),
  trustAllServerCertificates: z.boolean().default(false).meta({
    title: 'Trust all certificates',
    description: 'For tests only.',
  }),
  timeoutSeconds: z.int().min(1).max(60).default(5).meta({
    title: 'Timeout (seconds)',
    description: 'A server that takes longer is treated as unavailable.',
  }),
  bindDn: name.default('').meta({
    title: 'Bind DN',
    description: 'Distinguished name for searches. If empty, searches are anonymous.',
  }),
  bindSecret: z
    .string()
    // The part after `directory.` names the realm: see directory-labels.ts. Older labels contain no realm.
    .regex(/^(directory\.[\w.-]{1,400})?$/, 'must be the label of a secret that begins with directory.')
    .default('')
    .meta({
      title: 'Bind password secret',
      description:
        'Label of a secret of this realm. In realm alpha, directory.alpha.bind is the environment variable ESV_DIRECTORY_ALPHA_BIND of the server. Only server administrators can change the label or the servers.',
    }),
  baseDns: z.array(name.min(1)).max(20).default([]).meta({
    title: 'Base DNs',
    description: 'People are searched below these entries.',
  }),
  filter: z.string().max(2000).default('').meta({
    title: 'Filter',
    description: 'Additional filter for entries, such as (objectClass=person).',
  }),
  userName: z
    .union([directoryName, z.literal('')])
    .default('')
    .meta({
      title: 'Username attribute',
      description: 'If empty, uid, or sAMAccountName in Active Directory.',
    }),
  attributes: z.array(attributeSchema).max(100).default([]).meta({
    title: 'Attributes',
    description:
      'Attributes that come from the directory. If empty, mail, givenName, sn and telephoneNumber.',
  }),
  isWritable: z.boolean().default(false).meta({
    title: 'Write changes to the directory',
    description: 'Applies to passwords and the attributes above. When off, they can’t be changed here.',
  }),
})

export type DirectorySettings = z.infer<typeof directorySchema>
