import { randomBytes } from 'node:crypto'
import { OperationError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { nodeWriter } from '../../journeys/exchange/write-node.ts'
import type { JourneyDocument, NodeDocument } from '../../journeys/journey-document.ts'
import { customNodeTypeId } from '../../nodes/custom-node-type.ts'
import type { Script } from '../../scripts/script.ts'
import { Unobservable } from '../play/walk-world.ts'
import type { TestedProject } from '../project/project.ts'
import type { Person, PersonUpdates, WalkFile } from '../walk-file.ts'
import type { Admin } from './admin.ts'
import type { NodeNames } from './node-reader.ts'
import { openPeople } from './open-people.ts'
import type { PeopleApi } from './people-api.ts'
import { type PrefixedBundle, prefixedBundle } from './prefixed-bundle.ts'
import { ProvisionJournal } from './provision-journal.ts'
import { realmPath } from './realm-path.ts'
import { reasons } from './reasons.ts'
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
  readonly #people: PeopleApi

  private constructor(
    admin: Admin,
    journal: ProvisionJournal,
    parts: { nodes: NodeNames; people: PeopleApi },
  ) {
    this.#admin = admin
    this.#journal = journal
    this.nodes = parts.nodes
    this.#people = parts.people
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
    const people = await openPeople(admin, realm)
    const prefix = newPrefix()
    const copies = prefixedBundle(project.bundle, journeys, prefix)
    const journal = ProvisionJournal.begin(project.folder, target, { realm, prefix })
    try {
      await createAll(admin, journal, copies)
    } catch (error) {
      await removeAll(admin, journal)
      throw error
    }
    return new Provision(admin, journal, { nodes: copies.names, people })
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
    const keys = new Map<string, string>()
    const passwords: Record<string, string> = {}
    const created = {
      names,
      passwords,
      change: async (userName: string, update: PersonUpdates[string]) => {
        const key = keys.get(userName)
        if (key === undefined) throw new Unobservable(reasons.missingPerson)
        await (update === 'deleted' ? this.#people.remove(key) : this.#people.change(key, update))
      },
      remove: () => this.#people.removeAll(this.#journal.prefix),
    }
    try {
      for (const [name, given] of Object.entries(people)) {
        const person = attributesOf(given)
        const userName = names.get(name) ?? name
        const password = newPassword()
        passwords[name] = password
        const mail = names.get(String(person.mail)) ?? `${userName}@example.com`
        const key = await this.#people.create({
          givenName: name,
          sn: name,
          ...person,
          mail,
          userName,
          password,
        })
        keys.set(userName, key)
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
}

/** Walks whose people have more are not played. */
function attributesOf({
  password: _password,
  authenticatorApp: _app,
  roles: _roles,
  kind: _kind,
  createdAgo: _age,
  ...attributes
}: Person): JsonObject {
  return attributes
}

/** Meets the usual policies. */
function newPassword(): string {
  return `Made-Up-${randomBytes(12).toString('hex')}!`
}

async function createAll(
  admin: Admin,
  journal: ProvisionJournal,
  { scripts, customNodeTypes, nodes, journeys }: PrefixedBundle,
): Promise<void> {
  const put = async (what: string, path: string, body: object, created?: string) => {
    journal.note(path)
    try {
      await (created === undefined ? admin.write('PUT', path, body) : admin.write('POST', created, body))
    } catch (cause) {
      if (!(cause instanceof RefusedError)) throw cause
      throw new OperationError(`${cause.message}: ${what}`, { cause })
    }
  }
  const realm = realmPath(journal.realm)
  const trees = `${realm}/realm-config/authentication/authenticationtrees`
  const write = nodeWriter({ nodes, customNodeTypes })
  for (const script of scripts) {
    await put(`script '${script.name}'`, `${realm}/scripts/${script.id}`, scriptBody(script))
  }
  for (const type of customNodeTypes) {
    const what = `custom node type '${type.displayName}'`
    await put(what, `${nodeTypes}/${customNodeTypeId(type)}`, type, `${nodeTypes}?_action=create`)
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

/** All realms share them. */
const nodeTypes = '/am/json/node-designer/node-type'

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
  // Also people whom journeys created.
  await (await openPeople(admin, journal.realm)).removeAll(journal.prefix)
  for (const path of journal.paths.toReversed()) await admin.remove(path)
  journal.remove()
}
