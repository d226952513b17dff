import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright-core'

// A page with the vendor's JavaScript SDK, in a real browser with a virtual authenticator.

const sdk = join(import.meta.dirname, '..', '..', 'node_modules', '@forgerock', 'javascript-sdk', 'dist')

const html = `<!doctype html><title>A page with the SDK</title>
<script type="module">
import Config from '/sdk/config/index.js'
import FRAuth from '/sdk/fr-auth/index.js'
import FRWebAuthn from '/sdk/fr-webauthn/index.js'
Object.assign(window, { Config, FRAuth, FRWebAuthn, isReady: true })
</script>`

/** Serves the page and the published SDK on `localhost`, because passkeys need a host name. */
export async function serveSdkPage(): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    if (!path.startsWith('/sdk/')) return response.setHeader('content-type', 'text/html').end(html)
    const source = await readFile(join(sdk, path.slice('/sdk/'.length))).catch(() => undefined)
    if (source === undefined) return response.writeHead(404).end()
    return response.setHeader('content-type', 'text/javascript').end(source)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The end of a walk: of the journey, or at a step that asks for more than a username or a passkey. */
export type WalkedTo = {
  type: 'LoginSuccess' | 'LoginFailure' | 'Step'
  token?: string | undefined
  /** First text of the step. */
  message?: string | undefined
  /** Name of an exception in the browser. */
  refused?: string | undefined
}

/** A step or the end of a journey, read without an SDK. */
type Answered = {
  authId?: string
  tokenId?: string
  callbacks: { type: string; output: { value: unknown }[]; input: { value: unknown }[] }[]
}

type SdkWindow = typeof globalThis & {
  // Globals of the page. The SDK's own types name each of its classes.
  // biome-ignore lint/suspicious/noExplicitAny: driven from outside, inside another program.
  [Name in 'Config' | 'FRAuth' | 'FRWebAuthn' | 'isReady' | 'document']: any
}

/** A tab with the page and its own virtual authenticator. */
export class SdkTab {
  readonly page: Page
  readonly #cdp: CDPSession
  readonly #authenticatorId: string

  private constructor(page: Page, cdp: CDPSession, authenticatorId: string) {
    this.page = page
    this.#cdp = cdp
    this.#authenticatorId = authenticatorId
  }

  static async open(browser: Browser, origin: string): Promise<SdkTab> {
    const context = await browser.newContext()
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(origin)
    await page.waitForFunction(() => (globalThis as SdkWindow).isReady)
    return new SdkTab(page, cdp, authenticatorId)
  }

  /** Closes the page and its context. */
  close(): Promise<void> {
    return this.page.context().close()
  }

  /** Signs out. Passkeys stay. */
  signOut(): Promise<void> {
    return this.page.context().clearCookies()
  }

  async passkeys() {
    const { credentials } = await this.#cdp.send('WebAuthn.getCredentials', {
      authenticatorId: this.#authenticatorId,
    })
    return credentials
  }

  /** Runs a journey of alpha with the SDK: enters the username, and lets the browser answer the rest. */
  walk(baseUrl: string, journey: string, given: { name?: string; device?: string } = {}): Promise<WalkedTo> {
    return this.page.evaluate(
      async ({ baseUrl, journey, name, device }) => {
        const { Config, FRAuth, FRWebAuthn } = globalThis as SdkWindow
        Config.set({
          serverConfig: { baseUrl: `${baseUrl}/`, timeout: 30_000 },
          realmPath: 'alpha',
          tree: journey,
        })
        let step = await FRAuth.start()
        let refused: string | undefined
        for (;;) {
          if (step.type === 'LoginSuccess') return { type: step.type, token: step.getSessionToken(), refused }
          if (step.type === 'LoginFailure') return { type: step.type, message: step.getMessage(), refused }
          const kind = FRWebAuthn.getWebAuthnStepType(step)
          const [names] = step.getCallbacksOfType('NameCallback')
          if (kind === 0 && names === undefined) {
            const [text] = step.getCallbacksOfType('TextOutputCallback')
            return { type: 'Step', message: text?.getMessage(), refused }
          }
          names?.setName(name)
          try {
            if (kind === 1) await FRWebAuthn.authenticate(step)
            if (kind === 2) await FRWebAuthn.register(step, device)
          } catch (error) {
            // The SDK has recorded the error in the step; the server decides what follows.
            refused = (error as Error).name
          }
          step = await FRAuth.next(step)
        }
      },
      { baseUrl, journey, ...given },
    )
  }

  /** Runs a journey without an SDK: shows the inputs, runs the scripts, and sends when the button is pressed. */
  runScripts(
    baseUrl: string,
    journey: string,
    name: string,
  ): Promise<{ status: number; body: { tokenId?: string } }> {
    return this.page.evaluate(
      async ({ baseUrl, journey, name }) => {
        const { document, eval: run } = globalThis as SdkWindow
        const url = `${baseUrl}/json/realms/root/realms/alpha/authenticate?authIndexType=service&authIndexValue=${journey}`
        const post = async (body: unknown) => {
          const headers = {
            'content-type': 'application/json',
            'accept-api-version': 'resource=2.1, protocol=1.0',
          }
          const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
          return { status: answer.status, body: (await answer.json()) as Answered }
        }
        let { status, body } = await post({})
        while (body.authId !== undefined) {
          const [first, ...others] = body.callbacks
          const hidden = others.find(({ type }) => type === 'HiddenValueCallback')
          if (hidden === undefined) {
            Object.assign(first?.input[0] ?? {}, { value: name })
          } else {
            document.body.innerHTML = '<input id="webAuthnOutcome"><button id="loginButton_0"></button>'
            const pressed = new Promise((resolve) => {
              document.getElementById('loginButton_0').onclick = resolve
            })
            run(String(first?.output[0]?.value))
            await pressed
            Object.assign(hidden.input[0] ?? {}, { value: document.getElementById('webAuthnOutcome').value })
          }
          ;({ status, body } = await post(body))
        }
        return { status, body }
      },
      { baseUrl, journey, name },
    )
  }

  /** Sets the sign counts of the passkeys, as on a copy of the device. */
  async setSignCount(signCount: number): Promise<void> {
    const authenticatorId = this.#authenticatorId
    for (const credential of await this.passkeys()) {
      await this.#cdp.send('WebAuthn.removeCredential', {
        authenticatorId,
        credentialId: credential.credentialId,
      })
      await this.#cdp.send('WebAuthn.addCredential', {
        authenticatorId,
        credential: { ...credential, signCount },
      })
    }
  }

  async forgetPasskeys(): Promise<void> {
    await this.#cdp.send('WebAuthn.clearCredentials', { authenticatorId: this.#authenticatorId })
  }
}
