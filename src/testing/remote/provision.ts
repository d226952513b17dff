import { randomBytes, randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import { OperationError } from '../../errors.ts'
import { nodeWriter } from '../../journeys/exchange/write-node.ts'
import type { JourneyDocument, NodeDocument } from '../../journeys/journey-document.ts'
import type { Script } from '../../scripts/script.ts'
import { Unobservable } from '../play/walk-world.ts'
import type { TestedProject } from '../project/project.ts'
import type { PersonUpdates, WalkFile } from '../walk-file.ts'
import type { Admin } from './admin.ts'
import type { NodeNames } from './node-reader.ts'
import { type PrefixedBundle, prefixedBundle } from './prefixed-bundle.ts'
import { ProvisionJournal } from './provision-journal.ts'
import { reasons } from './reasons.ts'
import { managedPath } from './remote-people.ts'
import type { CreatedPeople, Provisioning } from './remote-tester.ts'
import { RefusedError } from './sign-in.ts'
import type { Target } from './targets.ts'

function newPrefix(): string {
  return `sidegate-${randomBytes(4).toString('hex')}-`
}

/** Copies of journeys on a server, and people for each walk. All have made-up names, and all are removed at the end. */
export class Provision implements Provisioning {
  readonly nodes: NodeNames
  readonly #admin: Admin
  readonly #journal: ProvisionJournal
  readonly #people: string

  private constructor(admin: Admin, journal: ProvisionJournal, nodes: NodeNames) {
    this.#admin = admin
    this.#journal = journal
    this.nodes = nodes
    this.#people = managedPath(journal.realm)
  }

  /**
   * Creates the journeys, and removes them again if one of them can't be created.
   * @throws OperationError if the server refuses one.
   */
  static async of(
    project: TestedProject,
    journeys: readonly string[],
    { admin, target, realm }: { admin: Admin; target: Target; realm: string },
  ): Promise<Provision> {
    const journal = ProvisionJournal.begin(project.folder, target, { realm, prefix: newPrefix() })
    const copies = prefixedBundle(project.bundle, journeys, journal.prefix)
    try {
      await createAll(admin, journal, copies, project)
    } catch (error) {
      await removeAll(admin, journal)
      throw error
    }
    return new Provision(admin, journal, copies.names)
  }

  journeyName(name: string): string {
    return `${this.#journal.prefix}${name}`
  }

  async create(people: NonNullable<WalkFile['people']>, expected: readonly string[]): Promise<CreatedPeople> {
    // Addresses have the prefix, too, so that journeys that look for one find only this person.
    const addresses = Object.values(people).flatMap(({ mail }) => (typeof mail === 'string' ? mail : []))
    const names = new Map(
      [...Object.keys(people), ...addresses, ...expected].map((name) => [
        name,
        `${this.#journal.prefix}${name}`,
      ]),
    )
    const ids = new Map<string, string>()
    const passwords: Record<string, string> = {}
    const created = {
      names,
      passwords,
      change: async (userName: string, update: PersonUpdates[string]) => {
        const id = ids.get(userName)
        if (id === undefined) throw new Unobservable(reasons.missingPerson)
        await this.#change(id, update)
      },
      remove: () => removePeople(this.#admin, this.#journal),
    }
    try {
      for (const [name, { password: _given, authenticatorApp: _app, ...person }] of Object.entries(people)) {
        const userName = names.get(name) ?? name
        const password = newPassword()
        passwords[name] = password
        const id = randomUUID()
        ids.set(userName, id)
        await this.#admin.write('PUT', `${this.#people}/${id}`, {
          givenName: name,
          sn: name,
          ...person,
          mail: names.get(String(person.mail)) ?? `${userName}@example.com`,
          userName,
          password,
        })
      }
    } catch (error) {
      await created.remove()
      throw error
    }
    return created
  }

  /** Removes everything. */
  async close(): Promise<void> {
    await removeAll(this.#admin, this.#journal)
  }

  async #change(id: string, update: PersonUpdates[string]): Promise<void> {
    const path = `${this.#people}/${id}`
    if (update === 'deleted') return this.#admin.remove(path)
    const operations = Object.entries(update).map(([field, value]) => ({
      operation: 'replace',
      field: `/${field}`,
      value,
    }))
    await this.#admin.write('PATCH', path, operations)
  }
}

/** Meets the usual policies. */
function newPassword(): string {
  return `Made-Up-${randomBytes(12).toString('hex')}!`
}

async function createAll(
  admin: Admin,
  journal: ProvisionJournal,
  { scripts, nodes, journeys }: PrefixedBundle,
  { bundle }: TestedProject,
): Promise<void> {
  const put = async (what: string, path: string, body: object) => {
    journal.note(path)
    try {
      await admin.write('PUT', path, body)
    } catch (cause) {
      if (!(cause instanceof RefusedError)) throw cause
      throw new OperationError(`${cause.message}: ${what}`, { cause })
    }
  }
  const realm = realmPath(journal.realm)
  const trees = `${realm}/realm-config/authentication/authenticationtrees`
  const write = nodeWriter({ nodes, customNodeTypes: bundle.customNodeTypes })
  for (const script of scripts) {
    await put(`script '${script.name}'`, `${realm}/scripts/${script.id}`, scriptBody(script))
  }
  for (const node of nodes)
    await put(`a node of type ${node.type}`, `${trees}/nodes/${nodePath(node)}`, write(node))
  for (const journey of journeys) {
    await put(
      `journey '${journey._id}'`,
      `${trees}/trees/${encodeURIComponent(journey._id)}`,
      journeyBody(journey),
    )
  }
}

function realmPath(realm: string): string {
  const names = ['root', ...realm.split('/').filter((name) => name !== '')]
  return `/am/json${names.map((name) => `/realms/${encodeURIComponent(name)}`).join('')}`
}

function nodePath({ id, type, version }: NodeDocument): string {
  return [type, ...(version === '1.0' ? [] : [version]), id].map(encodeURIComponent).join('/')
}

function scriptBody({
  id,
  name,
  description,
  source,
  language,
  context,
  evaluatorVersion,
}: Script): JsonObject {
  const script = Buffer.from(source).toString('base64')
  return { _id: id, name, description, script, default: false, language, context, evaluatorVersion }
}

/** Without members that have their default, because older servers don't know all of them. */
function journeyBody(journey: JourneyDocument): object {
  return Object.fromEntries(
    Object.entries(journey).filter(
      ([name, value]) => name === 'enabled' || (value !== undefined && value !== false),
    ),
  )
}

/** Removes everything that a journal names, and then the journal. @throws OperationError if the server refuses it. */
export async function removeAll(admin: Admin, journal: ProvisionJournal): Promise<void> {
  await removePeople(admin, journal)
  for (const path of journal.paths.toReversed()) await admin.remove(path)
  journal.remove()
}

/** Removes all people whose names have the prefix, also those that journeys created. */
async function removePeople(admin: Admin, { prefix, realm }: ProvisionJournal): Promise<void> {
  const path = managedPath(realm)
  const filter = encodeURIComponent(`userName sw ${JSON.stringify(prefix)}`)
  const found = await admin.read(`${path}?_queryFilter=${filter}&_fields=_id,userName`)
  for (const person of Array.isArray(found?.result) ? found.result : []) {
    const { _id: id, userName } = isJsonObject(person) ? person : {}
    // A server that ignores the filter must not lose other people.
    if (typeof id !== 'string' || typeof userName !== 'string' || !userName.startsWith(prefix)) {
      throw new OperationError('The target lists other people than those of the test, so none was removed')
    }
    await admin.remove(`${path}/${encodeURIComponent(id)}`)
  }
}
