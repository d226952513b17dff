import { signInAsAdministrator } from '../../test/support/backchannel-client.ts'
import { agentSignsIn } from '../../test/support/help-desk-play.ts'
import { startMailServer } from '../../test/support/mail-server.ts'
import { startOutside } from '../../test/support/outside-server.ts'
import { startPrepared } from '../../test/support/prepared-server.ts'
import type { Attack, Scene } from './attack.ts'

/** A server with the samples and with what the attack prepared. */
async function openScene({
  prepare,
  settings,
}: Pick<Attack, 'prepare' | 'settings'>): Promise<Scene & { close(): Promise<void> }> {
  const inside = await startOutside()
  const mailbox = await startMailServer()
  const server = await startPrepared(async (stores) => prepare?.(stores, inside), {
    smtpUrl: mailbox.url,
    ...settings,
  })
  const { url } = server
  return {
    server,
    url,
    inside,
    mailbox,
    agent: await agentSignsIn(url),
    administrator: await signInAsAdministrator(url),
    async close() {
      await server.stop()
      await mailbox.stop()
      await inside.stop()
    },
  }
}

/**
 * Plays an attack in a scene of its own, so that its lock doesn't stop the next.
 * @throws Breach with what the attacker got.
 */
export async function playAttack(attack: Attack): Promise<string> {
  const scene = await openScene(attack)
  try {
    return await attack.play(scene)
  } finally {
    await scene.close()
  }
}
