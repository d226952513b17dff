import { describe, expect, it } from 'vitest'
import type { JourneyRow } from '../../api/journeys.ts'
import { settingSchema } from '../../api/setting.ts'
import { actionEntries, actionsFor, realmEntries } from './actions.ts'
import { nodeEntries, personEntries, realmSettingEntries } from './realm-entries.ts'
import { type Entry, searchEntries } from './search-entries.ts'

const names = (entries: readonly Entry[], text: string) =>
  searchEntries(entries, text).flatMap((group) => group.entries.map(({ name }) => name))

const node = (name: string, type: string) => ({ name, type, family: 'flow' as const, to: [] })

const journey = {
  _id: 'Verify',
  picture: {
    entryNodeId: 'a',
    nodes: { a: node('Polling', 'PollingWaitNode'), b: node('Ask', 'UsernameCollectorNode') },
    staticNodes: {},
  },
}

// The other members of a row play no part.
const nodes = nodeEntries([journey as unknown as JourneyRow])

const schema = settingSchema.parse({
  properties: {
    mail: {
      title: 'Mail',
      properties: { from: { title: 'Sender', description: 'The address that emails come from.' } },
    },
    lockout: {
      title: 'Lockout',
      anyOf: [{ type: 'null' }, { properties: { maxFailures: { title: 'Wrong passwords' } } }],
    },
    messaging: {
      title: 'Messaging',
      properties: {
        sms: {
          title: 'Text messages',
          anyOf: [
            { type: 'null' },
            {
              oneOf: [
                {
                  title: 'Twilio',
                  properties: { type: { const: 'twilio' }, token: { title: 'Auth token' } },
                },
              ],
            },
          ],
        },
      },
    },
  },
})
const settings = realmSettingEntries(schema)

describe('nodes in the search', () => {
  it('are found by name, type and journey, and lead to their journey', () => {
    expect(searchEntries(nodes, 'polling')[0]?.entries[0]).toMatchObject({
      kind: 'node',
      id: 'a',
      journey: 'Verify',
      detail: 'In Verify',
    })
    expect(names(nodes, 'username collector')).toEqual(['Ask'])
    expect(names(nodes, 'polling verify')).toEqual(['Polling'])
  })
})

describe('settings in the search', () => {
  it('come after things that match less well', () => {
    const setting = {
      kind: 'setting',
      id: 'oauth.poll',
      name: 'Polling interval (seconds)',
      detail: '',
    } as const
    const node = { kind: 'node', id: 'w', name: 'Wait', detail: 'In Verify', words: 'Polling Wait' } as const
    expect(searchEntries([setting, node], 'polling').map(({ kind }) => kind)).toEqual(['node', 'setting'])
    expect(searchEntries([node, setting], setting.name).map(({ kind }) => kind)).toEqual(['setting'])
  })

  it.each([
    ['smtp', 'Email', 'mail'],
    ['sender', 'Sender', 'mail.from'],
    ['addresses emails', undefined, undefined],
    ['wrong pass', 'Wrong passwords', 'lockout.maxFailures'],
    ['auth token', 'Auth token', 'messaging.sms.token'],
    ['sms', 'Text messages and calls', 'messaging'],
  ])('finds %s', (text, name, id) => {
    const first = searchEntries(settings, text)[0]?.entries[0]
    expect([first?.name, first?.id]).toEqual([name, id])
  })

  it('say which group they are in', () => {
    const [found] = searchEntries(settings, 'auth token')
    expect(found?.entries[0]?.detail).toBe(
      'Realm settings › Text messages and calls › Messaging › Text messages',
    )
  })

  it('leave out marks, which nobody chooses', () => {
    expect(settings.map(({ id }) => id)).not.toContain('messaging.sms.type')
  })
})

describe('people in the search', () => {
  const person = { _id: '1', userName: 'pat', givenName: 'Pat', sn: 'Porter', mail: 'p@example.com' }

  it('are listed even if the server found them by an attribute that is not shown', () => {
    const entries = personEntries([person])
    expect(names(entries, '555')).toEqual(['Pat Porter'])
    expect(entries[0]?.detail).toBe('pat · p@example.com')
  })
})

describe('actions in the search', () => {
  it.each([
    ['new journey', 'New journey'],
    ['import', 'Import journeys'],
    ['export', 'Export all journeys'],
    ['new realm', 'New realm'],
    ['appearance dark', 'Appearance: dark'],
    ['log out', 'Sign out'],
  ])('finds “%s”', (text, expected) => {
    expect(names(actionEntries, text)[0]).toBe(expected)
  })

  it('leaves out those of pages for administrators of the server', () => {
    expect(names(actionsFor(['administrator', 'realm']), 'service account')).toEqual(['New service account'])
    expect(names(actionsFor(['realm']), 'service account')).toEqual([])
    expect(names(actionsFor(['realm']), 'new journey')).toEqual(['New journey'])
  })

  it('offers the other realms that are on', () => {
    const realm = (path: string, isActive: boolean) => ({
      id: path,
      revision: '1',
      path,
      isActive,
      aliases: [],
    })
    const realms = [realm('/', true), realm('/alpha', true), realm('/old', false)]
    expect(realmEntries(realms, '/alpha').map(({ name }) => name)).toEqual(['Open realm Root realm'])
  })
})
