import { readdirSync, readFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { z } from 'zod'
import { emailTemplateKind, emailTemplateSchema } from './courier/email-template.ts'
import { readJourneyExport } from './exchange/journey-export.ts'
import type { Identities } from './identities/identities.ts'
import { jsonObjectSchema } from './journey/json.ts'
import { customNodeTypeSchema } from './nodes/custom-node-type.ts'
import { realmSettingsSchema } from './realms/realm.ts'
import { scriptSchema } from './scripts/script.ts'
import { randomToken } from './secrets/digest.ts'
import type { Stores } from './store/stores.ts'

const samplesFolder = join(import.meta.dirname, '..', 'samples')

/** The administrator of a new server. */
const administratorName = 'amadmin'

/** What must be there, made if it is not. @returns the administrator's password when it was generated. */
export async function firstStart(
  stores: Stores,
  identities: Identities,
  options: { adminPassword: string | undefined; withSamples: boolean },
): Promise<{ generatedPassword: string | undefined }> {
  const isNew = (await stores.realms.read('/')) === undefined
  if (isNew) await makeRealms(stores, identities, options.withSamples)
  return { generatedPassword: await ensureAdministrator(identities, options.adminPassword) }
}

/** The root realm comes last: a start that was cut off half-way begins again. */
async function makeRealms(stores: Stores, identities: Identities, withSamples: boolean): Promise<void> {
  const settings = realmSettingsSchema.parse({})
  if ((await stores.realms.read('/alpha')) === undefined) {
    await stores.realms.save({ path: '/alpha', isActive: true, aliases: [], settings })
  }
  if (withSamples) await loadSamples(stores, identities)
  await loadJourneys(stores, '/', join(samplesFolder, 'root'))
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

/** Sample custom node types, and realm alpha with its people, scripts and journeys. */
async function loadSamples(stores: Stores, identities: Identities): Promise<void> {
  await loadCustomNodes(stores)
  const folder = join(samplesFolder, 'alpha')
  await loadPeople(identities, folder)
  await loadScripts(stores, folder)
  await loadEmailTemplates(stores, folder)
  await loadJourneys(stores, '/alpha', folder)
}

async function loadCustomNodes(stores: Stores): Promise<void> {
  const folder = join(samplesFolder, 'custom-nodes')
  for (const name of readdirSync(folder)) {
    const script = readFileSync(join(folder, name, 'script.js'), 'utf8')
    const definition = jsonObjectSchema.parse(readJson(join(folder, name, 'definition.json')))
    await stores.customNodes.create(customNodeTypeSchema.parse({ ...definition, script }))
  }
}

const personSchema = z.object({
  _id: z.string(),
  password: z.string(),
  roles: z.array(z.string()).default([]),
})

async function loadPeople(identities: Identities, folder: string): Promise<void> {
  for (const person of z.array(jsonObjectSchema).parse(readJson(join(folder, 'people.json')))) {
    const { _id, roles } = personSchema.parse(person)
    const { roles: _roles, _id: _same, ...object } = person
    if ((await identities.find('/alpha', _id)) !== undefined) continue
    await identities.create('/alpha', object, { id: _id, roles, checks: 'none' })
  }
}

const scriptFileSchema = z.object({
  _id: z.string(),
  name: z.string(),
  description: z.string(),
  context: z.string(),
  evaluatorVersion: z.string(),
  file: z.string(),
})

async function loadScripts(stores: Stores, folder: string): Promise<void> {
  const list = z.array(scriptFileSchema).parse(readJson(join(folder, 'scripts', 'index.json')))
  for (const { _id, file, ...rest } of list) {
    const source = readFileSync(join(folder, 'scripts', file), 'utf8')
    await stores.scripts.save('/alpha', scriptSchema.parse({ ...rest, id: _id, source }))
  }
}

async function loadEmailTemplates(stores: Stores, folder: string): Promise<void> {
  for (const file of readdirSync(join(folder, 'email-templates'))) {
    const document = jsonObjectSchema.parse(readJson(join(folder, 'email-templates', file)))
    emailTemplateSchema.parse(document)
    await stores.documents.save('/alpha', { kind: emailTemplateKind, id: parse(file).name, document })
  }
}

async function loadJourneys(stores: Stores, realm: string, folder: string): Promise<void> {
  for (const file of readdirSync(join(folder, 'journeys'))) {
    const { journey, nodes } = readJourneyExport(readJson(join(folder, 'journeys', file)))
    for (const node of nodes) await stores.configuration.saveNode(realm, node)
    await stores.configuration.saveJourney(realm, journey)
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}
