import { describe, expect, test } from 'vitest'
import { type JourneyDocument, journeyDocumentSchema } from '../journeys/journey-document.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { type StarterId, starterNamed } from './catalogue.ts'
import { sampleSettings } from './samples.ts'
import { withStarterSettings } from './starter-settings.ts'

type Given = Parameters<typeof realmSettingsSchema.parse>[0]

function merged(id: StarterId, given: Given = {}, journeys: readonly JourneyDocument[] = []) {
  const settings = realmSettingsSchema.parse(given)
  const starter = starterNamed(id) ?? expect.fail(`no starter ${id}`)
  const { items, ...after } = withStarterSettings([starter], {
    settings,
    samples: sampleSettings(),
    journeys,
  })
  return {
    before: settings,
    settings: after.settings,
    states: items.map(({ id, status }) => `${id}: ${status}`),
  }
}

const journey = (_id: string, nodeType = 'PageNode') =>
  journeyDocumentSchema.parse({ _id, entryNodeId: 'a', nodes: { a: { nodeType } } })

describe('the default journey', () => {
  test('becomes the one of the starter if the one in the settings does not exist', () => {
    const { settings, states } = merged('sign-in', { defaultJourney: 'Gone' }, [journey('Other')])
    expect(settings.defaultJourney).toBe('Login')
    expect(states).toEqual(['defaultJourney: new'])
  })

  test('stays if it exists', () => {
    const { settings, before, states } = merged('sign-in', { defaultJourney: 'Own' }, [journey('Own')])
    expect(settings).toEqual(before)
    expect(states).toEqual(['defaultJourney: kept'])
  })
})

describe('the checks', () => {
  test('are added after those of the realm, whose texts stay', () => {
    const own = { journey: 'VerifyWithCode', title: 'Ours', description: 'Our text', atDesk: true }
    const { settings, states } = merged('help-desk', { helpDesk: { checks: [own] } })
    const names = settings.helpDesk.checks.map(({ journey: name }) => name)
    expect(names).toEqual(['VerifyWithCode', 'FallbackLadder', 'TwoAgents'])
    expect(settings.helpDesk.checks[0]).toEqual(own)
    expect(states).toContain('helpDesk.checks VerifyWithCode: identical')
  })

  test('keep offering the journeys that the realm offered without a list', () => {
    const { settings } = merged('help-desk', {}, [journey('Ours', 'BackChannelInitNode'), journey('Login')])
    expect(settings.helpDesk.checks[0]).toEqual({
      ...{ journey: 'Ours', title: '', description: '' },
      atDesk: true,
    })
    expect(settings.helpDesk.checks).toHaveLength(4)
  })
})

describe('the actions', () => {
  test('of the samples take the place of the default ones', () => {
    expect(merged('help-desk').settings.helpDesk.actions).toEqual(sampleSettings().helpDesk.actions)
  })

  test('of an administrator stay', () => {
    const { settings, states } = merged('help-desk', { helpDesk: { actions: ['Open the door'] } })
    expect(settings.helpDesk.actions).toEqual(['Open the door'])
    expect(states).toContain('helpDesk.actions: kept')
  })
})

test('no starter changes limits, the organisation or the policy of passwords', () => {
  for (const id of ['sign-in', 'help-desk', 'confirmations', 'examples', 'sample-people'] as const) {
    const { settings, before } = merged(id)
    const { checks, actions, ...desk } = settings.helpDesk
    expect(before.helpDesk).toMatchObject(desk)
    const { helpDesk, oauth, defaultJourney, ...rest } = settings
    expect(before).toMatchObject(rest)
  }
})

test('a journey for requests of applications is set only where there is none', () => {
  expect(merged('confirmations').settings.oauth.ciba.journey).toBe('ConfirmRequest')
  const { settings, states } = merged('confirmations', { oauth: { ciba: { journey: 'Own' } } })
  expect(settings.oauth.ciba.journey).toBe('Own')
  expect(states).toEqual(['oauth.ciba.journey: kept'])
})

test('a second time, nothing changes', () => {
  const samples = sampleSettings()
  for (const id of ['sign-in', 'help-desk', 'confirmations', 'examples'] as const) {
    const once = merged(id)
    const again = merged(id, once.settings, [journey('Login')])
    expect(again.settings).toEqual(once.settings)
    expect(again.states.filter((state) => !state.endsWith('identical'))).toEqual([])
    expect(merged(id, samples).settings).toEqual(samples)
  }
})
