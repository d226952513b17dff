import { importBundle } from '../journeys/exchange/apply.ts'
import { emailTemplateKind } from '../outbox/email-template.ts'
import { globalTemplates } from '../outbox/global-templates.ts'
import type { Identities } from '../people/identities.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { randomToken } from '../secrets/digest.ts'
import { starters } from '../starters/catalogue.ts'
import { sampleRealm } from '../starters/sample-people.ts'
import { readSampleFolders, sampleSettings } from '../starters/samples.ts'
import { Starters } from '../starters/starters.ts'
import type { Stores } from '../store/stores.ts'

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
  if ((await stores.realms.read(sampleRealm)) === undefined) {
    await stores.realms.save({
      path: sampleRealm,
      isActive: true,
      aliases: [],
      settings: withSamples ? sampleSettings() : settings,
    })
  }
  if (withSamples) await loadSamples(stores, identities, now)
  const root = readSampleFolders('/', ['root'])
  await importBundle(stores, '/', root, { dependencies: true, existing: 'replace' }, { by: 'null', now })
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

/** Adds all starters to the sample realm. The operator decided that the server has sample people. */
async function loadSamples(stores: Stores, identities: Identities, now: number): Promise<void> {
  // Global templates: tools update them without naming a realm, for all realms.
  const templates = readSampleFolders(sampleRealm, ['alpha']).documents.filter(
    ({ kind }) => kind === emailTemplateKind,
  )
  await Promise.all(templates.map((template) => stores.documents.save(globalTemplates, template)))
  const sets = new Starters({ stores, identities, allowsSamplePeople: true })
  await sets.add(starters, sampleRealm, { existing: 'replace', isForTrying: true }, { by: 'null', now })
}
