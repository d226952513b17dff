import { generateSync } from 'otplib'
import type { Moment } from '../../src/testing/walk-file.ts'
import { outputOf } from '../../src/walks/page.ts'
import { signInAtProvider } from './identity-provider.ts'
import { services } from './walk-services.ts'

// Computed answers of walks.

/** An output of the first callback that has one with this name. */
export function outputOn({ page }: Moment, name: string): unknown {
  return page?.callbacks.map((callback) => outputOf(callback, name)).find((value) => value !== undefined)
}

/** The code of the app whose QR code had the kept `secret`. Keeps the code. */
export function codeOfApp({ kept, now }: Moment): string {
  const code = generateSync({ secret: kept.secret ?? '', epoch: now / 1000 })
  kept.code = code
  return code
}

/** Signs in at the provider. @returns the parameters of its answer. */
export function signInElsewhere(moment: Moment): Promise<Record<string, string>> {
  return signInAtProvider(String(outputOn(moment, 'redirectUrl')))
}

/** Signs in at the SAML identity provider. @returns the key of its answer. */
export async function signInBySaml(
  moment: Moment,
  content: Parameters<ReturnType<typeof services>['saml']['say']>[0] = {},
): Promise<Record<string, string>> {
  const { saml } = services()
  const attributes = { uid: ['sam'], givenName: ['Sam'], sn: ['Lee'], mail: ['sam@example.com'] }
  saml.say({ nameId: 'sam-1', attributes, ...content })
  const url = String(outputOn(moment, 'redirectUrl'))
  const { url: consumer, form } = await saml.visit({
    url,
    method: String(outputOn(moment, 'redirectMethod')),
  })
  const { searchParams } = new URL((await moment.submit(consumer, form)) ?? '')
  return { responsekey: searchParams.get('responsekey') ?? '' }
}
