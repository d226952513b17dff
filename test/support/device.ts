import { deviceGrantType } from '../../src/oauth/endpoints.ts'
import { type RelyingParty, visit } from './relying-party.ts'

export type Form = { action: string; fields: URLSearchParams }

/** The form of a page, read like a browser. */
export function formOf(page: string): Form {
  const read = (text = '') =>
    text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&')
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  return {
    action: read(/<form[^>]* action="([^"]*)"/.exec(page)?.[1]),
    fields: new URLSearchParams(fields.map(([, name, value]) => [read(name), read(value)])),
  }
}

/** Sends a form of a page with further fields. */
export function submit({ action, fields }: Form, more: Record<string, string>, session: string | undefined) {
  const body = new URLSearchParams([...fields, ...Object.entries(more)])
  return visit(action, session, { method: 'POST', body })
}

/** A device of a client, and a person with a browser. */
export class Device {
  readonly #client: RelyingParty
  userCode = ''
  #deviceCode = ''

  constructor(client: RelyingParty) {
    this.#client = client
  }

  /** Asks for a code. */
  async start(form: Record<string, string> = { scope: 'openid profile' }) {
    const answer = await this.#client.post('device/code', form)
    this.userCode = String(answer.body.user_code)
    this.#deviceCode = String(answer.body.device_code)
    return answer
  }

  poll(by = this.#client) {
    return by.post('access_token', { grant_type: deviceGrantType, device_code: this.#deviceCode })
  }

  get page(): string {
    return `${this.#client.issuer}/device/user`
  }

  /** The address that devices show. */
  get shortPage(): string {
    return new URL('/d/alpha', this.page).href
  }

  /** Types a code on the page. */
  async type(session: string, code = this.userCode) {
    const { text } = await visit(this.page, session)
    return submit(formOf(text), { user_code: code }, session)
  }

  async decide(session: string, decision: string) {
    return submit(formOf((await this.type(session)).text), { decision }, session)
  }
}
