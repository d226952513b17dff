import { saveJourney, scripted } from '../../../test/support/prepared-folder.ts'
import { startJourney } from '../../../test/support/wire.ts'
import { type Attack, mustHold } from '../attack.ts'

/** Spellings of addresses in the internal network. `{port}` is that of the service. */
const addresses: readonly string[] = [
  'http://127.0.0.1:{port}/',
  'http://localhost:{port}/',
  'http://LOCALHOST.:{port}/',
  'http://[::1]:{port}/',
  'http://[::ffff:127.0.0.1]:{port}/',
  'http://0.0.0.0:{port}/',
  'http://2130706433:{port}/',
  'http://0x7f.1:{port}/',
  'http://0177.0.0.1:{port}/',
  'http://user:pass@127.0.0.1:{port}/',
  'http://169.254.169.254/latest/meta-data/',
  'http://10.0.0.1:{port}/',
  'file:///etc/passwd',
]

/** A script of an imported journey calls addresses that only the server can reach. */
export const innerNetwork: Attack = {
  name: 'SSRF',
  defence: 'R6: scripts can call services in the internal network',
  goal: 'an answer of an internal service, of cloud metadata, or of the server itself',
  async prepare(stores, { host }) {
    const port = host.split(':')[1] ?? ''
    for (const [place, address] of addresses.entries()) {
      const name = `inner ${place}`
      const url = JSON.stringify(address.replace('{port}', port))
      const source = `httpClient.send(${url}, { method: "GET" }).get(); action.goTo("out")`
      await saveJourney(stores, name, { run: await scripted(stores, name, source, { out: 'success' }) })
    }
  },
  async play({ url, inside }) {
    for (const place of addresses.keys()) {
      const end = await startJourney(url, `inner ${place}`)
      mustHold(end.status === 401, `${addresses[place]} was answered`)
    }
    mustHold(inside.calls.length === 0, `the internal service was called: ${inside.calls.join(', ')}`)
    return `${addresses.length} spellings of internal addresses, and the service was never called`
  },
}
