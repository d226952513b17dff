import type { Page } from 'playwright-core'

/** A virtual authenticator of Chromium that verifies its user and answers without interaction. */
export class Authenticator {
  readonly #set: (isWilling: boolean) => Promise<unknown>

  private constructor(set: (isWilling: boolean) => Promise<unknown>) {
    this.#set = set
  }

  /** @param isWilling false: the owner declines. */
  static async for(page: Page, isWilling = true): Promise<Authenticator> {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: isWilling,
        automaticPresenceSimulation: true,
      },
    })
    return new Authenticator((isUserVerified) =>
      cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    )
  }

  willing(isWilling: boolean): Promise<unknown> {
    return this.#set(isWilling)
  }
}
