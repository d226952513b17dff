import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessionCookie } from '../../src/engine/server-cookies.ts'
import { sideOf } from '../../src/http/guards/divided-hosts.ts'
import { urlOf } from '../../src/http/mount-routes.ts'
import { allRoutes, type RouteDependencies } from '../../src/http/routes.ts'
import { pageAddresses } from '../../src/http/web-pages.ts'
import { agentSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { freePort, startMailServer } from '../support/mail-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

const notHere = 'This path is not served at this host'

let mail: Awaited<ReturnType<typeof startMailServer>>
let server: TestServer
let staff: string
let callers: string
let token: string
let ask: Ask

beforeAll(async () => {
  mail = await startMailServer()
  const port = await freePort()
  callers = `http://localhost:${port}`
  staff = `http://127.0.0.1:${port}`
  server = await startServer({
    baseUrl: callers,
    staffUrl: staff,
    port,
    smtpUrl: mail.url,
    mailFrom: 'Desk <desk@example.com>',
  })
  token = await signIn(`${staff}/am`, 'amadmin', adminPassword, '/')
  ask = asking(`${staff}/am`, token)
})
afterAll(async () => {
  await server.stop()
  await mail.stop()
})

const open = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init })

describe('each route', () => {
  const routes = allRoutes({} as RouteDependencies)
  const atOf = (route: (typeof routes)[number]) =>
    urlOf(route).replace('/@/:realmPath', '').replace(/:\w+/g, 'x')

  test('is at the host of its side only', async () => {
    const isServed = async (host: string, method: string, at: string) =>
      !(await (await open(`${host}${at}`, { method })).text()).includes(notHere)
    for (const route of routes) {
      const { method } = route
      const at = atOf(route)
      const served = {
        staff: await isServed(staff, method, at),
        callers: await isServed(callers, method, at),
      }
      const side = sideOf(route)
      const expected = { staff: side !== 'callers', callers: side !== 'staff' }
      expect({ method, at, ...served }).toEqual({ method, at, ...expected })
    }
  }, 60_000)

  test('for staff with a role is at their host, unless people use it for themselves', () => {
    const elsewhere = routes.filter((route) => sideOf(route) !== 'staff')
    expect([...new Set(elsewhere.map(({ access }) => access))].sort()).toEqual([
      'backchannel',
      'everyone',
      'logs',
      'metrics',
    ])
    expect(routes.length - elsewhere.length).toBeGreaterThan(300)
  })

  test('of desk and console is for staff, and of short codes and own sessions for callers', () => {
    const pagesOf = (side: string) =>
      new Set(pageAddresses.filter(([, , its]) => its === side).map(([, page]) => page))
    const ofStaff = pageAddresses.filter(([, , side]) => side === 'staff').map(([address]) => address)
    expect(ofStaff).toEqual(['/desk', '/desk/*', '/console', '/console/*'])
    expect([...pagesOf('callers')]).toEqual(['sign-in/short-code', 'sign-in/own-sessions'])
    expect([...pagesOf('both')]).toEqual(['sign-in'])
  })

  test.each(pageAddresses)(
    '%s of the page %s leads to the host of its side: %s',
    async (address, _, side) => {
      const at = `${address.replace('*', 'some/where')}?realm=%2Falpha`
      const locationAt = async (host: string) => (await open(host + at)).headers.get('location')
      expect(await locationAt(staff)).toBe(side === 'callers' ? callers + at : null)
      expect(await locationAt(callers)).toBe(side === 'staff' ? staff + at : null)
    },
  )
})

describe('at the host of staff', () => {
  test('a caller’s link leads to the host of callers', async () => {
    const at = '/am/XUI/?realm=%2Falpha&authIndexType=transaction&authIndexValue=secret'
    expect((await open(staff + at)).headers.get('location')).toBe(callers + at)
    expect((await open(callers + at)).status).toBe(200)
  })

  test('the start page names desk and console; that of callers leads to the sign-in', async () => {
    expect(await (await open(staff)).text()).toContain('/desk/')
    expect((await open(callers)).headers.get('location')).toBe('/am/XUI/')
  })

  test('a cookie is for this host alone', async () => {
    const first = await startJourney(`${staff}/am`, 'Login')
    const last = await answerStep(`${staff}/am`, first, ['alex', 'Alex-Pass-2026'])
    const [cookie = ''] = last.headers.getSetCookie()
    expect(cookie).toMatch(new RegExp(`^${sessionCookie}=`))
    expect(cookie).not.toMatch(/domain/i)
  })

  test('the realm of administrators has OAuth2 with this host as the issuer, and no other realm has it', async () => {
    const discovery = (host: string, realm: string) =>
      open(`${host}/am/oauth2/realms/root${realm}/.well-known/openid-configuration`)
    expect(await (await discovery(staff, '')).json()).toMatchObject({
      issuer: `${staff}/am/oauth2/realms/root`,
    })
    expect((await discovery(staff, '/realms/alpha')).status).toBe(404)
    expect(await (await discovery(callers, '/realms/alpha')).json()).toMatchObject({
      issuer: `${callers}/am/oauth2/realms/root/realms/alpha`,
    })
  })

  test('a new thing is at this host, and links to callers are at theirs', async () => {
    const agent = await agentSignsIn(`${staff}/am`)
    const { link, reference } = await deskOpens(`${staff}/am`, agent)
    expect(link).toMatch(`${callers}/am/XUI/?`)
    const path = `/realms/root/realms/alpha/help-desk/verifications/${reference}?_action=shortCode`
    const { body } = await asking(`${staff}/am`, agent)(path, { method: 'POST', body: {} })
    expect(body.address).toBe(`${callers}/c`)
    await ask('/realms/root/realms/alpha/realm-config/settings', {
      method: 'PUT',
      body: { passwordResetJourney: 'Login' },
    })
    const people = '/openidm/managed/alpha_user'
    const [person] = (await ask(`${people}?_queryFilter=userName eq "alex"`)).body.result
    await ask(`${people}/${person._id}?_action=resetPassword`, { method: 'POST', body: { byMail: true } })
    expect((await mail.arrived(1)).body).toContain(`${callers}/am/XUI/?`)
  })
})

describe('at the host of callers', () => {
  test('no role has an effect', async () => {
    const here = asking(`${callers}/am`, token)
    const [person] = (await ask('/openidm/managed/alpha_user?_queryFilter=userName eq "alex"')).body.result
    const devices = `/realms/root/realms/alpha/users/${person._id}/devices/2fa/oath?_queryFilter=true`
    expect((await ask(devices)).status).toBe(200)
    expect((await here(devices)).status).toBe(403)
  })

  test('metrics need the password', async () => {
    const statusAt = async (host: string) =>
      (await open(`${host}/am/json/metrics/prometheus`, { headers: { iplanetdirectorypro: token } })).status
    expect([await statusAt(staff), await statusAt(callers)]).toEqual([200, 403])
  })
})
