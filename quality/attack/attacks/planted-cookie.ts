import { randomUUID } from 'node:crypto'
import { saveJourney } from '../../../test/support/prepared-folder.ts'
import { startJourney } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { send } from '../checks.ts'

type Stores = Parameters<typeof saveJourney>[0]

const spellings = [
  'iPlanetDirectoryPro',
  'iplanetdirectorypro',
  'IPLANETDIRECTORYPRO',
  'iPlanetDirectory%50ro',
  '__Host-iPlanetDirectoryPro',
  '__Secure-iPlanetDirectoryPro',
] as const

/** Stores journeys as an attacker with access to the database could. */
async function savePlanters(stores: Stores): Promise<void> {
  for (const [place, name] of spellings.entries()) {
    const config = { name, value: 'planted', path: '/', maxAge: 3600 }
    await saveJourney(stores, `plant ${place}`, {
      run: { type: 'SetCustomCookieNode', config, to: { outcome: 'success' } },
    })
    const headerControl = { 'SET-COOKIE': `${name}=planted; Path=/`, 'Set-Cookie2': `${name}=planted` }
    await saveJourney(stores, `plant by header ${place}`, {
      run: { type: 'SetSuccessDetailsNode', config: { headerControl }, to: { outcome: 'success' } },
    })
  }
}

/** A journey author makes clients' browsers keep a session of the author's. */
export const plantedCookie: Attack = {
  name: 'planted-cookie',
  defence: 'S23: a node of a journey may have the name of the session cookie',
  goal: 'clients signed in as another person, without noticing',
  prepare: savePlanters,
  async play(scene) {
    for (const [place, name] of spellings.entries()) {
      for (const journey of [`plant ${place}`, `plant by header ${place}`]) {
        const { headers, status } = await startJourney(scene.url, journey)
        if (journey.startsWith('plant by') && status !== 200)
          throw new Error(`${journey} did not run: ${status}`)
        const set = `${headers.get('set-cookie')} ${headers.get('set-cookie2')}`
        mustHold(!set.includes('planted'), `a journey sets the cookie ${name}`)
      }
      for (const [type, config] of [
        ['SetCustomCookieNode', { name, value: 'planted' }],
        ['SetPersistentCookieNode', { persistentCookieName: name }],
      ] as const) {
        const path = `realm-config/authentication/authenticationtrees/nodes/${type}/${randomUUID()}`
        const { status } = await send(scene, path, {
          method: 'PUT',
          session: scene.administrator,
          body: config,
        })
        mustHold(status === 400, `a ${type} for ${name} was saved: ${status}`)
      }
    }
    return `${spellings.length} spellings of the session cookie, and no journey set one`
  },
}
