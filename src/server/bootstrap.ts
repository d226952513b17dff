import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importBundle } from '../journeys/exchange/apply.ts'
import { emailTemplateKind } from '../outbox/email-template.ts'
import { globalTemplates } from '../outbox/global-templates.ts'
import type { Identities } from '../people/identities.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { randomToken } from '../secrets/digest.ts'
import type { Stores } from '../store/stores.ts'
import { readSamples } from './sample-files.ts'
import { samplePeople, sampleRealm } from './sample-people.ts'

const samplesFolder = join(import.meta.dirname, '..', '..', 'samples')

/** The administrator of a new server. */
const administratorName = 'amadmin'

/** What must be there, made if it is not. @returns whether nothing was, and the administrator's password when it was generated. */
export async function firstStart(
  stores: Stores,
  identities: Identities,
  options: { adminPassword: string | undefined; withSamples: boolean },
): Promise<{ isNew: boolean; generatedPassword: string | undefined }> {
  const isNew = (await stores.realms.read('/')) === undefined
  if (isNew) await makeRealms(stores, identities, options.withSamples)
  return { isNew, generatedPassword: await ensureAdministrator(identities, options.adminPassword) }
}

/** The root realm comes last: a start that was cut off half-way begins again. */
async function makeRealms(stores: Stores, identities: Identities, withSamples: boolean): Promise<void> {
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
  if (withSamples) await loadSamples(stores, identities)
  await importSamples(stores, '/', join(samplesFolder, 'root'))
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

/** Sample custom node types, and realm alpha with its people, scripts, templates and journeys. */
async function loadSamples(stores: Stores, identities: Identities): Promise<void> {
  const folder = join(samplesFolder, 'alpha')
  await loadPeople(identities)
  await importSamples(stores, '/alpha', folder, join(samplesFolder, 'custom-nodes'))
}

/** Samples come in as anybody's exports do, all or nothing. */
async function importSamples(
  stores: Stores,
  path: string,
  realm: string,
  customNodes?: string,
): Promise<void> {
  const bundle = readSamples(path, { realm, ...(customNodes === undefined ? {} : { customNodes }) })
  // Global ones: tools that update a template name no realm, and every realm is to see the update.
  for (const document of bundle.documents) {
    if (document.kind === emailTemplateKind) await stores.documents.save(globalTemplates, document)
  }
  const options = { dependencies: true, existing: 'replace' } as const
  await importBundle(stores, path, bundle, options, { by: 'null', now: Date.now() })
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
