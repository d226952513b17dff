import {
  AndFilter,
  Attribute,
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
import { OperationError } from '../../../base/errors.ts'
import type { Json } from '../../../base/json.ts'
import type { Fence } from '../../../outgoing/fenced-socket.ts'
import type { DirectorySettings } from '../../../realms/directory-settings.ts'
import { type DirectoryPerson, DirectoryRefusal, type PeopleDirectory } from '../people-directory.ts'
import { bindVerdict } from './bind-verdict.ts'
import { withServer } from './connection.ts'
import { changeOwnPassword } from './own-password.ts'
import { modifyPassword } from './password-modify.ts'
import { binaryAttributes, namesIn, personIn, requestedAttributes } from './person-entry.ts'

const pageSize = 500

/**
 * The people of a realm's directory.
 * @param bindPassword password of the account that searches and writes.
 */
export function ldapPeople(settings: DirectorySettings, bindPassword: string, fence: Fence): PeopleDirectory {
  const names = namesIn(settings)
  const theirNameOf = (here: string) =>
    here === 'userName' ? names.userName : (names.attributes.get(here) ?? here)

  /** Runs `work` with the client bound as the account that searches and writes. */
  const withClient = <Result>(work: (client: Client) => Promise<Result>): Promise<Result> =>
    orUnavailable(() =>
      withServer(settings, fence, async (client) => {
        if (settings.bindDn !== '') await bindAs(client, settings, bindPassword)
        return work(client)
      }),
    )

  const search = (filter: Filter, limit: number) =>
    withClient(async (client) => {
      const people: DirectoryPerson[] = []
      for (const base of settings.baseDns) {
        if (people.length >= limit) break
        const { searchEntries } = await client.search(base, {
          filter: narrowed(filter),
          attributes: requestedAttributes(names, settings),
          explicitBufferAttributes: binaryAttributes,
          sizeLimit: limit,
        })
        people.push(...read(searchEntries))
      }
      return people.slice(0, limit)
    })

  const read = (entries: Parameters<typeof personIn>[0][]) =>
    entries.flatMap((entry) => personIn(entry, names, settings) ?? [])

  /** Adds the filter of the settings. Callers pass input as filter values, never as filter text. */
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
      withClient(async (client) => {
        try {
          const { searchEntries } = await client.search(dn, {
            scope: 'base',
            filter: narrowed(new PresenceFilter({ attribute: names.userName })),
            attributes: requestedAttributes(names, settings),
            explicitBufferAttributes: binaryAttributes,
          })
          return read(searchEntries)[0]
        } catch (error) {
          if (error instanceof NoSuchObjectError) return undefined
          throw error
        }
      }),
    async byNamePrefix(prefix, limit, searched) {
      const known = searched.filter((name) => name === 'userName' || names.attributes.has(name))
      if (known.length === 0) return []
      const filters = known.map(
        (name) => new SubstringFilter({ attribute: theirNameOf(name), initial: prefix }),
      )
      return search(new OrFilter({ filters }), limit)
    },
    all: () =>
      withClient(async (client) => {
        const people: DirectoryPerson[] = []
        for (const base of settings.baseDns) {
          const pages = client.searchPaginated(base, {
            filter: narrowed(new PresenceFilter({ attribute: names.userName })),
            attributes: requestedAttributes(names, settings),
            explicitBufferAttributes: binaryAttributes,
            paged: { pageSize },
          })
          for await (const { searchEntries } of pages) people.push(...read(searchEntries))
        }
        return people
      }),
    async checkPassword(dn, password) {
      // A bind with an empty password is anonymous and succeeds. Source: RFC 4513, "Unauthenticated Authentication".
      if (password === '') return 'wrong'
      return orUnavailable(() =>
        withServer(settings, fence, (client) => bindVerdict((policy) => client.bind(dn, password, [policy]))),
      )
    },
    async write(dn, { attributes, password, currentPassword }) {
      const changes = Object.entries(attributes).map(([here, value]) => replacement(theirNameOf(here), value))
      if (changes.length > 0)
        await orRefusal(withClient((client) => orErrorResult(() => client.modify(dn, changes))))
      if (password === undefined) return
      const fresh = password.reveal()
      const old = currentPassword?.reveal()
      // Active Directory ends a forced change when any account sets the password.
      if (old !== undefined && settings.kind === 'LDAP') {
        const own = (client: Client) => orErrorResult(() => changeOwnPassword(client, dn, { old, fresh }))
        if (await orRefusal(orUnavailable(() => withServer(settings, fence, own)))) return
      }
      await orRefusal(withClient((client) => orErrorResult(() => setPassword(client, settings, dn, fresh))))
    },
  }
}

/** @throws a MissingSecretError without a password, because such a bind would be anonymous. Source: RFC 4513. */
async function bindAs(client: Client, { bindDn, bindSecret }: DirectorySettings, password: string) {
  if (password !== '') return client.bind(bindDn, password)
  const problem = new Error(`The secret ${bindSecret} has no value, or belongs to another realm`)
  problem.name = 'MissingSecretError'
  throw problem
}

async function orUnavailable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    throw new OperationError('The directory could not be reached or searched', { cause })
  }
}

/** Returns a server's error result; throws if the server doesn't answer. */
async function orErrorResult<Result>(work: () => Promise<Result>): Promise<Result | ResultCodeError> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ResultCodeError) return error
    throw error
  }
}

/** @throws DirectoryRefusal with only the name of the result: the server's text may contain values. */
async function orRefusal<Result>(answer: Promise<Result | ResultCodeError>): Promise<Result> {
  const result = await answer
  if (result instanceof ResultCodeError) throw new DirectoryRefusal(result.name)
  return result
}

function replacement(type: string, value: Json): Change {
  const values = value === null ? [] : [value].flat().map(String)
  return new Change({ operation: 'replace', modification: new Attribute({ type, values }) })
}

function setPassword(client: Client, { kind }: DirectorySettings, dn: string, password: string) {
  if (kind === 'LDAP') return modifyPassword(client, { dn, old: undefined, fresh: password })
  // Source: "unicodePwd" of Microsoft's documentation; only over an encrypted connection.
  const values = [Buffer.from(`"${password}"`, 'utf16le')]
  const modification = new Attribute({ type: 'unicodePwd', values })
  return client.modify(dn, new Change({ operation: 'replace', modification }))
}
