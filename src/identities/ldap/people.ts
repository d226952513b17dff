import {
  AndFilter,
  Attribute,
  BerWriter,
  Change,
  type Client,
  EqualityFilter,
  type Filter,
  FilterParser,
  NoSuchObjectError,
  OrFilter,
  PresenceFilter,
  ResultCodeError,
  SubstringFilter,
} from 'ldapts'
import { OperationError, RequestError } from '../../errors.ts'
import type { Json } from '../../journey/json.ts'
import type { Fence } from '../../outgoing/fenced-socket.ts'
import type { DirectorySettings } from '../../realms/directory-settings.ts'
import type { DirectoryPerson, PeopleDirectory } from '../people-directory.ts'
import { bindVerdict } from './bind-verdict.ts'
import { withServer } from './connection.ts'
import { askedFor, binaryAttributes, namesIn, personIn } from './person-entry.ts'

/** Source: RFC 3062, "LDAP Password Modify Extended Operation". */
const passwordModify = '1.3.6.1.4.1.4203.1.11.1'

const pageSize = 500

/** The people of a realm that a directory has. @param bindPassword of the account that searches. */
export function ldapPeople(settings: DirectorySettings, bindPassword: string, fence: Fence): PeopleDirectory {
  const names = namesIn(settings)
  const theirNameOf = (here: string) =>
    here === 'userName' ? names.userName : (names.attributes.get(here) ?? here)

  /** Signed in as whoever searches and writes. */
  const asked = <Result>(work: (client: Client) => Promise<Result>): Promise<Result> =>
    reached(() =>
      withServer(settings, fence, async (client) => {
        if (settings.bindDn !== '') await bindAs(client, settings, bindPassword)
        return work(client)
      }),
    )

  const search = (filter: Filter, limit: number) =>
    asked(async (client) => {
      const people: DirectoryPerson[] = []
      for (const base of settings.baseDns) {
        if (people.length >= limit) break
        const { searchEntries } = await client.search(base, {
          filter: narrowed(filter),
          attributes: askedFor(names, settings),
          explicitBufferAttributes: binaryAttributes,
          sizeLimit: limit,
        })
        people.push(...read(searchEntries))
      }
      return people.slice(0, limit)
    })

  const read = (entries: Parameters<typeof personIn>[0][]) =>
    entries.flatMap((entry) => personIn(entry, names, settings) ?? [])

  /** Values reach filters as values, never as a part of their text. */
  const narrowed = (filter: Filter): Filter =>
    settings.filter === ''
      ? filter
      : new AndFilter({ filters: [filter, FilterParser.parseString(settings.filter)] })

  return {
    attributes: new Set(names.attributes.keys()),
    isWritable: settings.isWritable,
    find: (attribute, value, limit) =>
      search(new EqualityFilter({ attribute: theirNameOf(attribute), value }), limit),
    entry: (dn) =>
      asked(async (client) => {
        try {
          const { searchEntries } = await client.search(dn, {
            scope: 'base',
            filter: narrowed(new PresenceFilter({ attribute: names.userName })),
            attributes: askedFor(names, settings),
            explicitBufferAttributes: binaryAttributes,
          })
          return read(searchEntries)[0]
        } catch (error) {
          if (error instanceof NoSuchObjectError) return undefined
          throw error
        }
      }),
    async beginningWith(prefix, limit, searched) {
      const known = searched.filter((name) => name === 'userName' || names.attributes.has(name))
      if (known.length === 0) return []
      const filters = known.map(
        (name) => new SubstringFilter({ attribute: theirNameOf(name), initial: prefix }),
      )
      return search(new OrFilter({ filters }), limit)
    },
    all: () =>
      asked(async (client) => {
        const people: DirectoryPerson[] = []
        for (const base of settings.baseDns) {
          const pages = client.searchPaginated(base, {
            filter: narrowed(new PresenceFilter({ attribute: names.userName })),
            attributes: askedFor(names, settings),
            explicitBufferAttributes: binaryAttributes,
            paged: { pageSize },
          })
          for await (const { searchEntries } of pages) people.push(...read(searchEntries))
        }
        return people
      }),
    async checkPassword(dn, password) {
      // A bind without a password succeeds as nobody. Source: RFC 4513, "Unauthenticated Authentication".
      if (password === '') return 'wrong'
      return reached(() =>
        withServer(settings, fence, (client) => bindVerdict((policy) => client.bind(dn, password, [policy]))),
      )
    },
    async write(dn, { attributes, password }) {
      const changes = Object.entries(attributes).map(([here, value]) => replacement(theirNameOf(here), value))
      const refusal = await asked(async (client) => {
        try {
          if (changes.length > 0) await client.modify(dn, changes)
          if (password !== undefined) await setPassword(client, settings, dn, password.reveal())
        } catch (error) {
          if (error instanceof ResultCodeError) return error
          throw error
        }
        return undefined
      })
      // Its own text may repeat values.
      if (refusal) throw new RequestError(403, `The directory refuses the change: ${refusal.name}`)
    },
  }
}

/** @throws a MissingSecretError without a password: such a bind would succeed as nobody. Source: RFC 4513. */
async function bindAs(client: Client, { bindDn, bindSecret }: DirectorySettings, password: string) {
  if (password !== '') return client.bind(bindDn, password)
  const problem = new Error(`The secret ${bindSecret} has no value, or belongs to another realm`)
  problem.name = 'MissingSecretError'
  throw problem
}

async function reached<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    throw new OperationError('The directory could not be asked', { cause })
  }
}

function replacement(type: string, value: Json): Change {
  const values = value === null ? [] : [value].flat().map(String)
  return new Change({ operation: 'replace', modification: new Attribute({ type, values }) })
}

function setPassword(client: Client, { kind }: DirectorySettings, dn: string, password: string) {
  if (kind === 'LDAP') return client.exop(passwordModify, modifyRequest(dn, password))
  // Source: "unicodePwd" of Microsoft's documentation; only over an encrypted connection.
  const values = [Buffer.from(`"${password}"`, 'utf16le')]
  const modification = new Attribute({ type: 'unicodePwd', values })
  return client.modify(dn, new Change({ operation: 'replace', modification }))
}

/** Without the old password: whoever may write sets it. */
function modifyRequest(dn: string, fresh: string): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeString(dn, 0x80)
  writer.writeString(fresh, 0x82)
  writer.endSequence()
  return writer.buffer
}
