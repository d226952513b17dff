import { z } from 'zod'

const name = z.string().max(255)

/** A host name or address, and a port if it is not the usual one. */
const server = z.string().regex(/^(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/, 'must be host or host:port')

/** LDAP's attribute names. Source: RFC 4512, "Attribute Descriptions". */
const directoryName = z.string().regex(/^[A-Za-z][A-Za-z0-9;-]{0,127}$/, 'must be the name of an attribute')

const attributeSchema = z.object({
  here: z
    .string()
    .regex(/^[A-Za-z]\w{0,127}$/, 'must be the name of an attribute')
    .meta({ title: 'Attribute here', description: 'As people of the realm have it.' }),
  there: directoryName.meta({
    title: 'Attribute in the directory',
    description: 'As its entries have it.',
  }),
})

/** A directory that has people of the realm. */
export const directorySchema = z.object({
  servers: z.array(server).max(10).default([]).meta({
    title: 'Servers',
    description: 'As host:port; the first that answers is asked. Without any, all people are kept here.',
  }),
  kind: z.enum(['LDAP', 'ACTIVE_DIRECTORY']).default('LDAP').meta({
    title: 'Kind of directory',
    description: 'Decides how user names and passwords are spelled there.',
  }),
  connection: z.enum(['LDAPS', 'START_TLS', 'LDAP']).default('LDAPS').meta({
    title: 'Connection',
    description: 'LDAP is not encrypted, and passwords travel on it.',
  }),
  trustAllServerCertificates: z.boolean().default(false).meta({
    title: 'Trust all certificates',
    description: 'For tests.',
  }),
  timeoutSeconds: z.int().min(1).max(60).default(5).meta({
    title: 'Answers within, in seconds',
    description: 'A server that takes longer counts as away.',
  }),
  bindDn: name.default('').meta({
    title: 'Who searches',
    description: 'A distinguished name. Empty searches without signing in.',
  }),
  bindSecret: z
    .string()
    // The part after `directory.` names the realm: directory-labels.ts. Labels from before that have no realm.
    .regex(/^(directory\.[\w.-]{1,400})?$/, 'must be the label of a secret that begins with directory.')
    .default('')
    .meta({
      title: 'Secret with the bind password',
      description:
        'A label of this realm: in realm alpha, directory.alpha.bind is the environment variable ESV_DIRECTORY_ALPHA_BIND of the server. Only server administrators can change it, or the servers that it is sent to.',
    }),
  baseDns: z.array(name.min(1)).max(20).default([]).meta({
    title: 'Where people are',
    description: 'Distinguished names of entries below which people are looked for.',
  }),
  filter: z.string().max(2000).default('').meta({
    title: 'Filter',
    description: 'What an entry has to match besides, such as (objectClass=person).',
  }),
  userName: z
    .union([directoryName, z.literal('')])
    .default('')
    .meta({
      title: 'Attribute with the user name',
      description: 'Empty means uid, and sAMAccountName in Active Directory.',
    }),
  attributes: z.array(attributeSchema).max(100).default([]).meta({
    title: 'Attributes',
    description: 'What the directory knows of people. Empty means mail, givenName, sn and telephoneNumber.',
  }),
  isWritable: z.boolean().default(false).meta({
    title: 'Changes are written into the directory',
    description: 'Passwords and these attributes. Otherwise nobody can change them here.',
  }),
})

export type DirectorySettings = z.infer<typeof directorySchema>
