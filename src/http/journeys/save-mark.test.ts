import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'
import { journeyBundle } from '../../../test/support/small-bundle.ts'

let am: Awaited<ReturnType<typeof openAdministration>>
beforeEach(async () => {
  am = await openAdministration()
})
afterEach(() => am.close())

const alpha = '/realms/root/realms/alpha'
const at = `${alpha}/realm-config/authentication/authenticationtrees`
const bundle = journeyBundle('Login', { name: { type: 'UsernameCollectorNode' } })
const [tree] = bundle.journeys
const saved = { at: 1_700_000_000_000, by: { id: 'admin-1', name: 'amadmin' } }

const imported = (nodes = bundle.nodes) =>
  am.send('POST', `${alpha}/journeys?_action=import`, { sidegateBundle: { ...bundle, nodes } })
const saves = () => am.stores.configuration.saves('/alpha')

test('records who saved a journey or one of its nodes, on every path', async () => {
  const node = `${at}/nodes/UsernameCollectorNode/name`
  await am.send('PUT', node, {})
  expect(await saves()).toEqual([])
  const writes = [
    () => am.send('PUT', `${at}/trees/Login`, tree),
    () => am.send('PUT', `${at}/trees/Login`, tree),
    () => am.send('PUT', node, {}),
    () => am.send('DELETE', node),
    () => am.send('POST', `${at}/nodes/UsernameCollectorNode?_action=create`, { _id: 'name' }),
    () => imported(bundle.nodes.map((each) => ({ ...each, config: { changed: true } }))),
  ]
  for (const [i, write] of writes.entries()) {
    expect((await write()).status).toBeLessThan(300)
    expect(await saves()).toEqual([{ journey: 'Login', count: i + 1, ...saved }])
  }
})

test('marks only what an import changes', async () => {
  await imported()
  await imported()
  expect(await saves()).toEqual([{ journey: 'Login', count: 1, ...saved }])
})
