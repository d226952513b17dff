import { isDeepStrictEqual } from 'node:util'
import type { PlanItem } from '../journeys/exchange/plan-items.ts'
import type { JourneyDocument } from '../journeys/journey-document.ts'
import { type RealmSettings, realmSettingsSchema } from '../realms/realm.ts'
import type { Starter } from './catalogue.ts'

/** Settings with those of starters. The items say what changes, as in a plan. */
export type MergedSettings = { settings: RealmSettings; items: PlanItem[] }

type Inputs = {
  /** Of the realm. */
  settings: RealmSettings
  /** Of the samples. */
  samples: RealmSettings
  /** Of the realm, before the import. */
  journeys: readonly JourneyDocument[]
}

const openingNode = 'BackChannelInitNode'

/** Adds what the realm lacks. What an administrator set stays. */
export function withStarterSettings(starters: readonly Starter[], inputs: Inputs): MergedSettings {
  const steps = [withDefaultJourney, withChecks, withActions, withConfirmation]
  let merged: MergedSettings = { settings: inputs.settings, items: [] }
  for (const starter of starters) {
    for (const step of steps) {
      const { settings, items } = step(starter, { ...inputs, settings: merged.settings })
      merged = { settings, items: [...merged.items, ...items] }
    }
  }
  return merged
}

function withDefaultJourney(
  { defaultJourney: name }: Starter,
  { settings, journeys }: Inputs,
): MergedSettings {
  const present = settings.defaultJourney
  if (name === undefined) return { settings, items: [] }
  const isKept = present !== name && journeys.some(({ _id }) => _id === present)
  if (isKept) return { settings, items: [item('defaultJourney', `Default journey: ${present}`, 'kept')] }
  const status = present === name ? 'identical' : 'new'
  const items = [item('defaultJourney', `Default journey: ${name}`, status)]
  return { settings: { ...settings, defaultJourney: name }, items }
}

/**
 * An empty list offers every journey that opens a transaction. A list takes the place of that rule, so the realm's own journeys
 * are listed, too.
 */
function withChecks({ checks: names }: Starter, { settings, samples, journeys }: Inputs): MergedSettings {
  const { checks } = settings.helpDesk
  const wanted = samples.helpDesk.checks.filter(({ journey }) => names.includes(journey))
  const missing = wanted.filter(({ journey }) => !checks.some((check) => check.journey === journey))
  if (missing.length === 0 && wanted.length === 0) return { settings, items: [] }
  const items = wanted.map((check) => {
    const status = missing.includes(check) ? 'new' : 'identical'
    return item(`helpDesk.checks ${check.journey}`, `Check: ${check.title}`, status)
  })
  const own = checks.length > 0 ? checks : ownChecks(journeys, names)
  return { settings: withDesk(settings, { checks: [...own, ...missing] }), items }
}

function ownChecks(journeys: readonly JourneyDocument[], names: readonly string[]) {
  return journeys
    .filter(({ _id }) => !names.includes(_id))
    .filter(({ nodes }) => Object.values(nodes).some(({ nodeType }) => nodeType === openingNode))
    .map(({ _id: journey, description = '' }) => ({
      journey,
      title: '',
      atDesk: true,
      description: (description ?? '').slice(0, 500),
    }))
}

function withActions({ hasActions = false }: Starter, { settings, samples }: Inputs): MergedSettings {
  const { actions } = samples.helpDesk
  if (!hasActions) return { settings, items: [] }
  const usual = realmSettingsSchema.parse({}).helpDesk.actions
  const named = (status: PlanItem['status']) => item('helpDesk.actions', 'Actions at the desk', status)
  if (isDeepStrictEqual(settings.helpDesk.actions, actions)) return { settings, items: [named('identical')] }
  if (!isDeepStrictEqual(settings.helpDesk.actions, usual)) return { settings, items: [named('kept')] }
  const { status, ...rest } = named('new')
  const changes = [`adds ${actions.filter((action) => !usual.includes(action)).join(', ')}`]
  return { settings: withDesk(settings, { actions }), items: [{ ...rest, status, changes }] }
}

function withConfirmation({ confirmation: name }: Starter, { settings }: Inputs): MergedSettings {
  if (name === undefined) return { settings, items: [] }
  const { oauth } = settings
  const { journey } = oauth.ciba
  const named = (text: string, status: PlanItem['status']) =>
    item('oauth.ciba.journey', `Journey for requests of applications: ${text}`, status)
  if (journey === name) return { settings, items: [named(name, 'identical')] }
  if (journey !== '') return { settings, items: [named(journey, 'kept')] }
  const changed = { ...settings, oauth: { ...oauth, ciba: { ...oauth.ciba, journey: name } } }
  return { settings: changed, items: [named(name, 'new')] }
}

function withDesk(settings: RealmSettings, desk: Partial<RealmSettings['helpDesk']>): RealmSettings {
  return { ...settings, helpDesk: { ...settings.helpDesk, ...desk } }
}

function item(id: string, name: string, status: PlanItem['status']): PlanItem {
  return { kind: 'realmSetting', id, name, status }
}
