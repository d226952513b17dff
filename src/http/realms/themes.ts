import { badRequest, notFound } from '../../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { collection, resource } from '../../crest/collection.ts'
import type { Esvs } from '../../esvs/esvs.ts'
import { coloursOf, darkColours, pairsOf } from '../../realms/appearance.ts'
import { readableContrast } from '../../realms/contrast.ts'
import type { Realm } from '../../realms/realm.ts'
import { readTheme, type StoredTheme, type Theme, themeKind, themeSchema } from '../../realms/theme.ts'
import { checkedId, checkPreconditions } from '../configuration-resource.ts'
import type { Rights } from '../guards/rights.ts'
import { saveMarkOf } from '../journeys/save-mark.ts'
import { type Answer, bodyObject, byAction, type Call, homeOf, type Route } from '../route.ts'
import { changeTenant, type TenantSources } from './identity-management/change-tenant.ts'
import { placeholderFindings, withoutPlaceholders } from './theme-placeholders.ts'

type ThemeDependencies = TenantSources & {
  esvs: Pick<Esvs, 'inRealm'>
  newId(): string
}

const path = '/openidm/config/ui/themerealm'

/** Large, because logos are data URIs. */
const bodyLimitBytes = 8 * 1024 * 1024

const maxThemes = 200

/** The themes of all realms that the caller administers, in one document, as the vendor's tools expect. */
export function themeRoutes(from: ThemeDependencies): Route[] {
  const access = 'realm'
  return [
    {
      method: 'GET',
      path,
      access,
      actsOn: homeOf,
      summary: 'Reads the themes of all realms that the caller administers.',
      handle: async (call) => resource(await themesDocument(from, await call.rights())),
    },
    {
      method: 'GET',
      path: '/openidm/ui/theme',
      access,
      actsOn: homeOf,
      summary: 'Finds themes of the realm in the query parameter `realm`: with `_queryFilter`.',
      handle: (call) => listThemes(from, call),
    },
    {
      method: 'PUT',
      path,
      access,
      resource: { kind: 'theme' },
      actsOn: homeOf,
      summary:
        'Replaces the themes of the realms in the body; `_findings` lists colours with too little contrast.',
      bodyLimitBytes,
      handle: (call) => put(from, call),
    },
    {
      method: 'POST',
      path,
      access,
      resource: { kind: 'theme' },
      reads: ['preview'],
      actsOn: homeOf,
      summary: 'Computes the colours of pages with a theme, and their contrast: `preview`.',
      bodyLimitBytes,
      handle: byAction({ preview }),
    },
  ]
}

/** Ignores invalid members, such as half-typed colours. */
function preview(call: Call): Answer {
  const theme = readTheme(bodyObject(call))
  const dark = darkColours(theme)
  const pairsIn = (isDark: boolean) =>
    pairsOf(isDark ? dark : theme, isDark ? 'dark' : 'light').map((pair) => ({ ...pair, isDark }))
  const colours = { light: coloursOf(theme, 'light'), dark: coloursOf(dark, 'dark') }
  return { body: { colours, pairs: [...pairsIn(false), ...pairsIn(true)] } }
}

async function themesDocument({ documents, realms }: ThemeDependencies, rights: Rights): Promise<JsonObject> {
  const administered = (await realms.all()).filter(({ path }) => rights.may('realm', path))
  const all = await Promise.all(
    administered.map(async ({ path }): Promise<[string, Json]> => {
      const themes = await documents.all(path, themeKind)
      return [keyOf(path), themes.map(({ id, document }) => ({ ...document, _id: id }))]
    }),
  )
  return { _id: 'ui/themerealm', realm: Object.fromEntries(all) }
}

/** @throws RequestError 404 for a realm that the caller doesn't administer. */
async function listThemes(from: ThemeDependencies, call: Call): Promise<Answer> {
  const rights = await call.rights()
  // rule S61: otherwise the list of themes has those of every realm
  const known = (await from.realms.all()).filter((realm) => rights.may('realm', realm.path))
  const realm = pathOf(call.query.get('realm') ?? '/', known)
  const themes = await from.documents.all(realm, themeKind)
  return {
    body: collection(
      themes.map(({ id, document }) => ({ ...document, _id: id })),
      call.query,
    ),
  }
}

async function put(from: ThemeDependencies, call: Call): Promise<Answer> {
  const rights = await call.rights()
  const { replacements } = await changeTenant(from, await saveMarkOf(call, from), async () => {
    // rule S53: otherwise a write of themes undoes what another administrator saved after it was read
    checkPreconditions(call, await themesDocument(from, rights))
    return planned(from, call, rights)
  })
  const answer = resource(await themesDocument(from, rights))
  const findings = replacements.flatMap(({ path, read, themes }) => [
    ...placeholderFindings(path, themes, from.esvs.inRealm(path)),
    ...read.flatMap((theme) => contrastFindings(path, theme)),
  ])
  if (findings.length === 0) return answer
  return { ...answer, body: { ...answer.body, _findings: findings } }
}

/** Parses the themes of all realms in the body before one is saved. @throws RequestError 400 or 404. */
async function planned(from: ThemeDependencies, call: Call, rights: Rights) {
  const { realm } = bodyObject(call)
  if (!isJsonObject(realm)) throw badRequest('realm: must be an object with the themes of each realm')
  const known = (await from.realms.all()).filter(({ path }) => rights.may('realm', path))
  const replacements = Object.entries(realm).map(([key, themes]) => ({
    path: pathOf(key, known),
    ...themesOf(key, themes, from),
  }))
  const paths = replacements.map(({ path }) => path)
  const twice = paths.find((path, place) => paths.indexOf(path) !== place)
  if (twice !== undefined) throw badRequest(`realm: ${twice} is named twice`)
  const changes = await Promise.all(
    replacements.map(async ({ path, themes }) => {
      const ids = new Set(themes.map(({ id }) => id))
      const removed = (await from.documents.all(path, themeKind)).filter(({ id }) => !ids.has(id))
      return { path, documents: themes.map((theme) => ({ kind: themeKind, ...theme })), removed }
    }),
  )
  return { changes, replacements }
}

function keyOf(path: string): string {
  return path === '/' ? '/' : path.slice(1)
}

function pathOf(key: string, known: readonly Realm[]): string {
  const path = key === '/' || key === 'root' ? '/' : key.startsWith('/') ? key : `/${key}`
  if (!known.some((realm) => realm.path === path)) throw notFound(`Realm ${path} not found`)
  return path
}

function themesOf(
  key: string,
  given: Json,
  { newId }: ThemeDependencies,
): { themes: StoredTheme[]; read: Theme[] } {
  if (!Array.isArray(given) || given.length > maxThemes) {
    throw badRequest(`realm.${key}: must be a list of at most ${maxThemes} themes`)
  }
  const read = given.map((theme, place) => parsed(theme, `realm.${key}.${place}`))
  requireUnique(
    read.map(({ theme }) => theme.name),
    `realm.${key}`,
    'name',
  )
  const themes = read.map(({ document }) => {
    const { _id, _rev, ...members } = document
    const id = typeof _id === 'string' && _id !== '' ? checkedId(_id) : newId()
    return { id, document: { _id: id, ...members } }
  })
  requireUnique(
    themes.map(({ id }) => id),
    `realm.${key}`,
    '_id',
  )
  if (read.filter(({ theme }) => theme.isDefault).length > 1) {
    throw badRequest(`realm.${key}: only one theme can be the default`)
  }
  return { themes, read: read.map(({ theme }) => theme) }
}

function requireUnique(values: readonly string[], at: string, member: string): void {
  const twice = values.find((value, place) => values.indexOf(value) !== place)
  if (twice !== undefined) throw badRequest(`${at}: two themes have the ${member} ${twice}`)
}

function parsed(given: Json, at: string): { theme: Theme; document: JsonObject } {
  const read = themeSchema.safeParse(withoutPlaceholders(given))
  if (!read.success || !isJsonObject(given)) {
    const [issue] = read.error?.issues ?? []
    const place = [at, ...(issue?.path ?? [])].join('.')
    throw badRequest(`${place}: ${issue?.message ?? 'must be an object'}`)
  }
  return { theme: read.data, document: given }
}

/**
 * Findings for colours with too little contrast. The theme is still stored unchanged, because even the vendor's default themes
 * have such colours; pages use readable ones instead.
 */
function contrastFindings(realm: string, theme: Theme): JsonObject[] {
  const schemes = [
    { pairs: pairsOf(theme, 'light'), isDark: false },
    { pairs: pairsOf(darkColours(theme), 'dark'), isDark: true },
  ]
  return schemes.flatMap(({ pairs, isDark }) =>
    pairs
      .filter(({ isReadable }) => !isReadable)
      .map(({ pair, contrast }) => {
        const [text, ground] = pair
        const where = isDark ? ' in the dark' : ''
        const message = `Theme ${theme.name}: ${text} on ${ground}${where} has a contrast of ${contrast}:1 and needs ${readableContrast}:1. Pages use readable colours instead`
        return { realm, theme: theme.name, pair: [...pair], contrast, isDark, message }
      }),
  )
}
