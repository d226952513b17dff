import { generateSync } from 'otplib'
import type { World } from './sdk-journeys-server.ts'
import { hiddenValue, type Moment, outputOf } from './sdk-walk.ts'

// Answers for steps of several journeys.

export const press = (button: number) => ({ ConfirmationCallback: button })
export const choose = (choice: number) => ({ ChoiceCallback: choice })

/** The last email before this step, which may still be on its way. */
async function mailTo(name: string, { world }: Moment<World>) {
  const address = `${name}@example.com`
  const seen = Number(world.kept.get(address) ?? '0')
  for (let count = seen + 1; ; count++) {
    const arrived = await world.mail.arrived(count)
    world.kept.set(address, String(count))
    if (arrived.to.includes(address)) return arrived.body
  }
}

/** The link in an email. */
export async function linkInMail(name: string, moment: Moment<World>): Promise<string> {
  const body = await mailTo(name, moment)
  return /href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? ''
}

/** The app reads the QR code of its registration. */
export function scan({ step, world }: Moment<World>) {
  world.kept.set('secret', new URL(hiddenValue(step)).searchParams.get('secret') ?? '')
  return 0
}

export function codeOfApp({ world }: Moment<World>) {
  const code = generateSync({ secret: world.kept.get('secret') ?? '' })
  world.kept.set('code', code)
  return code
}

/** The previous code of the app. */
export const usedCode = ({ world }: Moment<World>) => world.kept.get('code') ?? ''

/** Signs in at the provider and returns with its answer. */
export async function signInElsewhere(
  { step, client, world }: Moment<World>,
  changed: Record<string, string> = {},
) {
  const parameters = await world.provider.signIn(String(outputOf(step, 'redirectUrl')))
  return client.next(step, { ...parameters, ...changed })
}
