import { exchangeJourneys } from '../../../contract/journeys.ts'
import { defined } from '../../base/defined.ts'
import { badRequest, notFound } from '../../base/errors.ts'
import { isJsonObject, type Json } from '../../base/json.ts'
import type { ConfigurationChange } from '../../journeys/configuration-store.ts'
import { type Draft, readDraft } from '../../journeys/edit/read-draft.ts'
import { importBundle, previewImport } from '../../journeys/exchange/apply.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { choicesSchema } from '../../journeys/exchange/choices.ts'
import { closureOf } from '../../journeys/exchange/closure.ts'
import { finding } from '../../journeys/exchange/finding.ts'
import { importedNames, isOfTenant } from '../../journeys/exchange/imported-names.ts'
import { keptKind } from '../../journeys/exchange/kept-documents.ts'
import { type ImportOptions, type Plan, planImport } from '../../journeys/exchange/plan.ts'
import { isWritten } from '../../journeys/exchange/plan-items.ts'
import { readBundle } from '../../journeys/exchange/read-bundle.ts'
import { firstProblem } from '../../journeys/exchange/read-result.ts'
import {
  type ExchangeStores,
  mergedContent,
  readConsistentRealm,
  readRealm,
} from '../../journeys/exchange/realm-content.ts'
import { maxFileBytes } from '../../journeys/exchange/safe-json.ts'
import { serverVariableKind } from '../../journeys/exchange/tenant/plan-variables.ts'
import type { TenantStores } from '../../journeys/exchange/tenant/tenant-content.ts'
import { withoutVariableValues } from '../../journeys/exchange/variable-values.ts'
import { wholeRealm } from '../../journeys/exchange/whole-realm.ts'
import { multiExport, multiExportWithPlaces, singleExport } from '../../journeys/exchange/write-export.ts'
import type { Finding } from '../../journeys/lint/finding.ts'
import type { Lint } from '../../journeys/lint/linter.ts'
import { universalIdOf } from '../../sessions/session.ts'
import { parseBody } from '../body.ts'
import { checkedId } from '../configuration-resource.ts'
import { reachesVariables } from '../guards/bearer-scopes.ts'
import type { Rights, StaffAccess } from '../guards/rights.ts'
import { type Answer, bodyObject, byAction, type Call, choice, type Resource, type Route } from '../route.ts'
import { type MarkSources, saveMarkOf } from './save-mark.ts'

type ExchangeDependencies = Omit<ExchangeStores, 'tenant'> &
  MarkSources & {
    lint: Lint
    /** Settings and variables, which imports and exports of whole tenants have. */
    tenant: TenantStores
    /** After an import changed the settings of a realm, or variables. */
    tenantChanged(realm: string): Promise<void>
  }

const imported: Resource = {
  kind: 'import',
  nameOf: (_call, { items }) => importedNames((Array.isArray(items) ? items : []).filter(isJsonObject)),
}

/** Imports and exports journeys with everything they need. Import accepts every export format. */
export function journeyImportRoutes(from: ExchangeDependencies): Route[] {
  return [
    {
      ...exchangeJourneys,
      access: 'journeys',
      resource: imported,
      reads: ['export', 'exportAll', 'missing', 'lint', 'compare'],
      isDryRun: ({ query }) => query.get('dryRun') === 'true',
      summary:
        'Imports an export file in JSON and answers the plan (`import`, with `dryRun`, `lint` for the findings that journeys will have, `dependencies=false`, `existing=skip`, `unreadable=skip`, `from` for the realm in the file), exports journeys with their dependencies (`export`) or the whole realm (`exportAll`), lists what the realm lacks (`missing`, with `only=secrets`), lints a draft (`lint`), or compares two states of a journey in words (`compare`).',
      bodyLimitBytes: maxFileBytes,
      handle: byAction({
        import: (call) => importJourneys(from, call),
        export: (call) => exportJourneys(from, call),
        exportAll: (call) => exportRealm(from, call),
        missing: (call) => listMissing(from, call),
        lint: (call) => lintDraft(from, call),
        compare: (call) => compareDrafts(from, call),
      }),
    },
  ]
}

async function importJourneys(from: ExchangeDependencies, call: Call): Promise<Answer> {
  const options: ImportOptions = {
    dependencies: choice(call, 'dependencies', ['true', 'false']) === 'true',
    existing: choice(call, 'existing', ['replace', 'skip']),
    leavesOutUnreadable: choice(call, 'unreadable', ['refuse', 'skip']) === 'skip',
    mayWrite: await kindsOf(call),
    ...choicesOf(call),
  }
  const isDryRun = choice(call, 'dryRun', ['false', 'true']) === 'true'
  const realm = call.realm.path
  const bundle = readBundle(call.body ?? null, { realm, from: call.query.get('from') ?? undefined })
  if (isDryRun) {
    const { plan, after } = await previewImport(from, realm, bundle, options)
    if (choice(call, 'lint', ['false', 'true']) === 'false') return answer(plan, false)
    return answer({ ...plan, journeyFindings: await findingsAfter(from, realm, plan, after) }, false)
  }
  const signedIn = await call.session()
  const by = signedIn ? universalIdOf(signedIn.session.realm, signedIn.session.identityId) : 'null'
  const mark = await saveMarkOf(call, from)
  const plan = await importBundle(from, realm, bundle, options, { by, now: from.now(), mark })
  if (plan.items.some(isOfTenant)) await from.tenantChanged(realm)
  return answer(plan, true)
}

/** What a page chose for single items. */
function choicesOf({ body }: Call): Pick<ImportOptions, 'choices'> {
  const given = isJsonObject(body) ? body.sidegateChoices : undefined
  if (given === undefined) return {}
  const { data, error } = choicesSchema.safeParse(given)
  if (data === undefined) throw badRequest(`sidegateChoices.${firstProblem(error)}`)
  return { choices: data }
}

/** Findings that journeys will have about what an import writes, without what the plan says itself. */
async function findingsAfter(
  { lint }: ExchangeDependencies,
  realm: string,
  { items }: Plan,
  after: ConfigurationChange,
): Promise<Finding[]> {
  const written = new Set(
    items
      .filter(isWritten)
      .flatMap(({ kind, id, journey }) => [
        `${kind} ${id}`,
        ...(journey === undefined ? [] : [`journey ${journey}`]),
      ]),
  )
  const isPlanned = (rule: string) =>
    /^(missing-|unknown-node-type|stand-in|secret-not-set|invalid-settings)/.test(rule)
  return (await lint.content(realm, after)).filter(
    ({ rule, severity, journey, scriptId }) =>
      severity !== 'hint' &&
      !isPlanned(rule) &&
      (written.has(`journey ${journey}`) || written.has(`script ${scriptId}`)),
  )
}

async function kindsOf(call: Call): Promise<(kind: string) => boolean> {
  const mayWrite = kindsFor(await call.rights(), call.realm.path)
  const isReached = reachesVariables('PUT', await call.tokenScopes())
  // rule S47: otherwise a token without a scope for variables sets them by an import
  return (kind) => mayWrite(kind) && (isReached || kind !== serverVariableKind)
}

/** Journey authors can import what only journeys use. Other kinds need the access of their own routes. */
export function kindsFor(rights: Rights, realm: string): (kind: string) => boolean {
  const accesses: Readonly<Record<string, StaffAccess>> = {
    customNodeType: 'administrator',
    theme: 'realm',
    socialIdentityProvider: 'realm',
    saml2Entity: 'realm',
    circleOfTrust: 'realm',
    // rule S47: otherwise journey authors may import settings of any kind
    keptDocument: 'realm',
    realmSetting: 'realm',
    // rule S63: otherwise journey authors import OAuth2 clients
    oauthClient: 'realm',
    // rule S47: otherwise administrators of one realm may set variables of all realms
    serverVariable: 'administrator',
  }
  return (kind) => rights.may(accesses[kind] ?? 'journeys', realm)
}

function answer(plan: Plan & { journeyFindings?: Finding[] }, isImported: boolean): Answer {
  return { body: { isImported, ...plan } }
}

async function exportJourneys(from: ExchangeDependencies, call: Call): Promise<Answer> {
  const { journeys, form } = parseBody(exchangeJourneys.actions.export.body(), call)
  const realm = await readRealm(from, call.realm.path)
  const unknown = journeys.find((name) => !realm.journeys.some(({ _id }) => _id === name))
  if (unknown !== undefined) throw notFound(`There is no journey ${unknown}`)
  const shown = await readable(call)
  const [first, ...more] = journeys
  if (form === 'single' && first !== undefined) {
    if (more.length > 0) throw badRequest('journeys: this form holds exactly one journey')
    const bundle = shown(closureOf([first], realm, 'no journeys'))
    return { body: { ...singleExport(bundle, first), findings: bundle.findings } }
  }
  const bundle = shown(closureOf(journeys, realm, 'inner journeys'))
  const written = form === 'layout' ? multiExport(bundle) : multiExportWithPlaces(bundle)
  return { body: { ...written, findings: bundle.findings } }
}

/** What a person may read of a bundle: values of variables are for administrators of the server, as under `/environment`. */
async function readable(call: Call): Promise<(bundle: Bundle) => Bundle> {
  const isAdministrator = await seesVariables(call)
  return (bundle) => withoutVariableValues(bundle, isAdministrator)
}

/** A token needs a scope for variables, too. */
async function seesVariables(call: Call): Promise<boolean> {
  const isReached = reachesVariables('GET', await call.tokenScopes())
  // rule S47: otherwise exports show the variables of the server to everybody
  return isReached && (await call.rights()).may('administrator', call.realm.path)
}

/**
 * Themes need the access of their own route, and what is only kept can be settings of any kind. Values of variables are those of
 * now only for administrators of the server.
 */
async function exportRealm(from: ExchangeDependencies, call: Call): Promise<Answer> {
  const { path } = call.realm
  const rights = await call.rights()
  const { tenant, ...content } = await readConsistentRealm(from, path)
  const esvs = { variables: [], secrets: [] }
  const seen = tenant && ((await seesVariables(call)) ? tenant : { ...tenant, esvs })
  const shown = await readable(call)
  const bundle = shown(wholeRealm({ ...content, ...defined({ tenant: seen }) }))
  // rule S47: otherwise journey authors may export the settings that a realm keeps
  const documents = bundle.documents.filter(({ kind }) => kind !== 'theme' && kind !== keptKind)
  const hasAll = documents.length === bundle.documents.length || rights.may('realm', path)
  if (hasAll) return { body: { sidegateBundle: bundle } }
  const note = finding(
    'note',
    'Themes and kept settings are left out, because your role does not allow you to read them',
  )
  return { body: { sidegateBundle: { ...bundle, documents, findings: [...bundle.findings, note] } } }
}

/** What the realm needs and lacks: what an import of its own content would say. `only=secrets`: without what journeys need. */
async function listMissing(from: ExchangeDependencies, call: Call): Promise<Answer> {
  const all = await readConsistentRealm(from, call.realm.path)
  const isAll = choice(call, 'only', ['all', 'secrets']) === 'all'
  const content = isAll ? all : { ...all, journeys: [], nodes: [], scripts: [], customNodeTypes: [] }
  const options = { dependencies: true, existing: 'replace', mayWrite: await kindsOf(call) } as const
  const { findings } = planImport(wholeRealm(content), content, options).plan
  return { body: { findings: findings.filter(({ kind }) => kind === 'missing' || kind === 'unsupported') } }
}

/** Compares two states of a journey, without the secrets that editors never see. */
async function compareDrafts(from: ExchangeDependencies, call: Call): Promise<Answer> {
  const { before, after } = bodyObject(call)
  const [old, now] = [draftIn(before), draftIn(after)]
  const content = await readConsistentRealm(from, call.realm.path)
  const contentOf = ({ journey, nodes }: Draft) =>
    mergedContent({ ...content, journeys: [journey], nodes: [...nodes.values()] }, content)
  const thing = { realm: call.realm.path, kind: 'journey', id: now.journey._id } as const
  const { compareThing } = await import('../../journeys/history/compare-versions.ts')
  return { body: compareThing(thing, contentOf(old), contentOf(now)) }
}

/** Lints a draft, even one that could not be saved. */
async function lintDraft({ lint }: ExchangeDependencies, call: Call): Promise<Answer> {
  const { journey, nodes } = draftIn(call.body)
  return { body: { result: await lint.draft(call.realm.path, journey, [...nodes.values()]) } }
}

function draftIn(body: Json = {}): Draft {
  if (!isJsonObject(body)) throw badRequest('The request body must be a JSON object')
  const named = isJsonObject(body.tree) ? body.tree._id : undefined
  return readDraft(typeof named === 'string' ? checkedId(named) : 'Draft', body)
}
