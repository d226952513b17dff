import { signInAsAdministrator } from '../test/backchannel-client.ts'
import { agentSignsIn } from '../test/help-desk-play.ts'
import { startOutside } from '../test/outside-server.ts'
import { saveJourney, scripted } from '../test/prepared-folder.ts'
import { startPrepared } from '../test/prepared-server.ts'
import type { Scene } from './attack.ts'
import { addresses } from './attacks/inner-network.ts'
import { escapes } from './attacks/script-escape.ts'

type Stores = Parameters<typeof saveJourney>[0]

/** A server with the samples and the journeys that an administrator should never have imported. */
export async function openScene(): Promise<Scene & { close(): Promise<void> }> {
  const inside = await startOutside()
  const server = await startPrepared((stores) => saveTraps(stores, inside.host))
  const { url } = server
  return {
    server,
    url,
    inside,
    agent: await agentSignsIn(url),
    administrator: await signInAsAdministrator(url),
    async close() {
      await server.stop()
      await inside.stop()
    },
  }
}

async function saveTraps(stores: Stores, host: string): Promise<void> {
  const save = async (name: string, source: string) =>
    saveJourney(stores, name, { run: await scripted(stores, name, source, { out: 'success' }) })
  for (const [name, source] of Object.entries(escapes)) await save(`escape ${name}`, source)
  const port = host.split(':')[1] ?? ''
  for (const [place, address] of addresses.entries()) {
    const url = JSON.stringify(address.replace('{port}', port))
    await save(`inner ${place}`, `httpClient.send(${url}, { method: "GET" }).get(); action.goTo("out")`)
  }
  await save(
    'another realm',
    'if (idRepository.getIdentity("amadmin").getAttributeValues("uid").length === 0) throw "nobody"; action.goTo("out")',
  )
}
