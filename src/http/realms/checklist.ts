import type { AnswerOf } from '../../../contract/endpoint.ts'
import { readChecklist } from '../../../contract/starters.ts'
import { type CheckSources, offeredChecks } from '../../help-desk/checks/offered-checks.ts'
import { actionsWithoutCheck } from '../../help-desk/checks/unmet-policies.ts'
import type { LeadStore } from '../../help-desk/leads/lead-store.ts'
import type { ConfigurationStore } from '../../journeys/configuration-store.ts'
import type { JourneyDocument } from '../../journeys/journey-document.ts'
import type { Lint } from '../../journeys/lint/linter.ts'
import type { MailOutbox } from '../../outbox/mail-outbox.ts'
import type { Identities } from '../../people/identities.ts'
import type { IdentityStore } from '../../people/identity-store.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import type { Realm } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { type ChecklistFacts, checklist, type SignInProblem } from '../../starters/checklist.ts'
import { hasEverVerified } from '../../starters/verified-realms.ts'
import { rightsOf } from '../guards/rights.ts'
import type { Call, Route } from '../route.ts'
import { isReachedByOthers } from './reached.ts'

type ChecklistDependencies = CheckSources & {
  configuration: Pick<ConfigurationStore, 'journeys' | 'journey' | 'nodes'>
  mailOutbox: Pick<MailOutbox, 'hasServer'>
  identities: Pick<Identities, 'withRoles'>
  peopleStore: Pick<IdentityStore, 'page'>
  leads: Pick<LeadStore, 'hasVerified'>
  documents: Pick<DocumentStore, 'read'>
  realms: Pick<RealmStore, 'all'>
  lint: Lint
  /** The address of the server in the settings. */
  address: { baseUrl: string | undefined; isPrivate: boolean }
}

const openingNode = 'BackChannelInitNode'

/** What a realm still needs. Derived from its content at every request. */
export function checklistRoutes(from: ChecklistDependencies): Route[] {
  return [
    {
      ...readChecklist,
      access: 'realm',
      summary: 'Lists the steps from a new realm to its first verified caller, and which are done.',
      async handle(call) {
        const body: AnswerOf<typeof readChecklist> = checklist(await factsOf(from, call))
        return { body }
      },
    },
  ]
}

async function factsOf(from: ChecklistDependencies, call: Call): Promise<ChecklistFacts> {
  const { realm } = call
  const { path, settings } = realm
  const { baseUrl, isPrivate } = from.address
  const [journeys, openers, problem, checks, staff, people, hasVerified, isReached] = await Promise.all([
    from.configuration.journeys(path),
    from.configuration.nodes(path, openingNode),
    problemOf(from, realm),
    offeredChecks(from, realm),
    from.identities.withRoles(path),
    from.peopleStore.page(path, '', 2),
    hasEverVerified(from, path),
    isReachedByOthers(from.realms, call),
  ])
  const callers = new Set(openers.map(({ config }) => config.tree))
  const agents = staff.filter((person) => person.isActive && rightsOf(person).may('helpdesk', path))
  return {
    isPrivate: isPrivate && !isReached,
    isRoot: path === '/',
    hasAddress: baseUrl !== undefined || settings.linkBaseUrl !== '',
    hasMailServer: from.mailOutbox.hasServer,
    signIn: { journey: settings.defaultJourney, problem },
    candidates: journeys.filter(couldSignIn).flatMap(({ _id }) => (callers.has(_id) ? [] : [_id])),
    people: people.length,
    agents: agents.map(({ userName }) => userName),
    hasOrganisation: settings.helpDesk.organisation !== '',
    checks: checks.length,
    actionsWithoutCheck: actionsWithoutCheck(settings.helpDesk, checks),
    checksWithoutCode: checks.flatMap(({ title, asksCode }) => (asksCode ? [] : [title])),
    hasVerified,
  }
}

async function problemOf(
  { configuration, lint }: Pick<ChecklistDependencies, 'configuration' | 'lint'>,
  { path, settings }: Realm,
): Promise<SignInProblem | undefined> {
  const { defaultJourney } = settings
  const journey = await configuration.journey(path, defaultJourney)
  if (journey === undefined) return 'missing'
  if (!journey.enabled) return 'off'
  if (journey.innerTreeOnly || journey.transactionalOnly) return 'broken'
  const findings = (await lint(path, [defaultJourney])) ?? []
  return findings.some(({ severity }) => severity === 'error') ? 'faulty' : undefined
}

/** A journey that opens a transaction is for agents. */
function couldSignIn({ enabled, innerTreeOnly, transactionalOnly, nodes }: JourneyDocument): boolean {
  const opens = Object.values(nodes).some(({ nodeType }) => nodeType === openingNode)
  return enabled && !innerTreeOnly && !transactionalOnly && !opens
}
