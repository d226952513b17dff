import {
  AndFilter,
  type Client,
  DN,
  type Entry,
  EqualityFilter,
  FilterParser,
  NoSuchObjectError,
  OrFilter,
  type SearchOptions,
} from 'ldapts'
import type { DirectoryEntry, DirectorySettings } from '../../../nodes/ports/outside-ports.ts'

const scopes = { OBJECT: 'base', ONE_LEVEL: 'one', SUBTREE: 'sub' } as const

/**
 * Searches one base after the other with the administrator's credentials. The username is passed as a filter value, never as
 * filter text.
 * @returns undefined if no entry or more than one matches.
 * @throws if the administrator cannot bind or search.
 */
export async function findEntry(
  client: Client,
  directory: DirectorySettings,
  username: string,
): Promise<DirectoryEntry | undefined> {
  if (directory.adminDn !== '') await client.bind(directory.adminDn, directory.adminPassword)
  for (const base of directory.baseDns) {
    const dn = baseOf(base, directory, username)
    const [first, second] = await entriesBelow(client, dn, {
      scope: scopes[directory.scope],
      filter: filterFor(directory, username),
      attributes: directory.attributes.length === 0 ? ['1.1'] : [...directory.attributes],
      sizeLimit: 2,
    })
    if (second !== undefined) return undefined
    if (first !== undefined) return entryOf(first)
  }
  return undefined
}

/** None if the base doesn't exist: with scope OBJECT it is the entry (RFC 4511, appendix A.2). */
async function entriesBelow(client: Client, dn: string, options: SearchOptions): Promise<Entry[]> {
  try {
    return (await client.search(dn, options)).searchEntries
  } catch (error) {
    if (error instanceof NoSuchObjectError) return []
    throw error
  }
}

/** With scope OBJECT the entry's own name contains the username. Source: "LDAP Decision node", Search Scope. */
function baseOf(base: string, { scope, searchAttributes }: DirectorySettings, username: string): string {
  const dn = base.slice(base.indexOf('|') + 1)
  const [attribute, ...others] = searchAttributes
  if (scope !== 'OBJECT' || attribute === undefined || others.length > 0) return dn
  return `${new DN({ [attribute]: username }).toString()},${dn}`
}

function filterFor({ searchAttributes, searchFilter }: DirectorySettings, username: string) {
  const named = new OrFilter({
    filters: searchAttributes.map((attribute) => new EqualityFilter({ attribute, value: username })),
  })
  if (searchFilter === '') return named
  return new AndFilter({ filters: [named, FilterParser.parseString(searchFilter)] })
}

function entryOf({ dn, ...rest }: Entry): DirectoryEntry {
  const attributes = Object.entries(rest).map(([name, value]) => {
    const values = Array.isArray(value) ? value : [value]
    return [name.toLowerCase(), values.map((each) => each.toString())] as const
  })
  return { dn, attributes: Object.fromEntries(attributes) }
}
