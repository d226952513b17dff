import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importBundle } from '../journeys/exchange/apply.ts'
import { readFiles } from '../journeys/exchange/read-files.ts'
import { emailTemplateKind } from '../outbox/email-template.ts'
import { globalTemplates } from '../outbox/global-templates.ts'
import type { Identities } from '../people/identities.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { randomToken } from '../secrets/digest.ts'
import type { Stores } from '../store/stores.ts'
import { samplePeople, sampleRealm } from './sample-people.ts'

const samplesFolder = join(import.meta.dirname, '..', '..', 'samples')

const administratorName = 'amadmin'

/**
 * Creates realms, samples and the administrator unless they exist.
 * @param now epoch milliseconds.
 * @returns whether the database was empty, and the administrator's password if it was generated.
 */
export async function bootstrap(
  stores: Stores,
  identities: Identities,
  options: { adminPassword: string | undefined; withSamples: boolean },
  now: number,
): Promise<{ isNew: boolean; generatedPassword: string | undefined }> {
  const isNew = (await stores.realms.read('/')) === undefined
  if (isNew) await makeRealms(stores, identities, options.withSamples, now)
  return { isNew, generatedPassword: await ensureAdministrator(identities, options.adminPassword) }
}

/** Saves the root realm last, so that an interrupted start is repeated. */
async function makeRealms(
  stores: Stores,
  identities: Identities,
  withSamples: boolean,
  now: number,
): Promise<void> {
  const settings = realmSettingsSchema.parse({})
  if ((await stores.realms.read('/alpha')) === undefined) {
    const sample = withSamples ? readJson(join(samplesFolder, 'alpha', 'settings.json')) : {}
    await stores.realms.save({
      path: '/alpha',
      isActive: true,
      aliases: [],
      settings: realmSettingsSchema.parse(sample),
    })
  }
  if (withSamples) await loadSamples(stores, identities, now)
  await importSamples(stores, '/', now, ['root'])
  await stores.realms.save({ path: '/', isActive: true, aliases: [], settings })
}

async function ensureAdministrator(
  identities: Identities,
  password: string | undefined,
): Promise<string | undefined> {
  const administrator = await identities.find('/', administratorName)
  if (administrator !== undefined) {
    if (password !== undefined) await identities.setPassword('/', administrator.id, password)
    return undefined
  }
  const generated = password === undefined ? randomToken(18) : undefined
  await identities.createAdministrator(administratorName, password ?? generated ?? '')
  return generated
}

/**
 * Loads the sample custom node types, and the people, scripts, templates and journeys of realm alpha. Passwords are hashed in
 * other threads meanwhile.
 */
async function loadSamples(stores: Stores, identities: Identities, now: number): Promise<void> {
  await Promise.all([loadPeople(identities), importSamples(stores, '/alpha', now, ['alpha', 'custom-nodes'])])
}

/** Imports folders of samples as any other export: all or nothing. @throws Error naming a sample that can't be read. */
async function importSamples(
  stores: Stores,
  realm: string,
  now: number,
  folders: readonly string[],
): Promise<void> {
  const paths = folders.map((folder) => join(samplesFolder, folder))
  const bundle = readFiles(paths, { realm })
  const problem = bundle.findings.find(({ kind }) => kind !== 'note')
  if (problem !== undefined) throw new Error(`A sample cannot be read: ${problem.message}`)
  // Global templates: tools update them without naming a realm, for all realms.
  const templates = bundle.documents.filter(({ kind }) => kind === emailTemplateKind)
  await Promise.all(templates.map((template) => stores.documents.save(globalTemplates, template)))
  const options = { dependencies: true, existing: 'replace' } as const
  await importBundle(stores, realm, bundle, options, { by: 'null', now })
}

async function loadPeople(identities: Identities): Promise<void> {
  for (const { id, roles, object } of samplePeople()) {
    if ((await identities.find(sampleRealm, id)) !== undefined) continue
    await identities.create(sampleRealm, object, { id, roles, checks: 'none' })
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}
