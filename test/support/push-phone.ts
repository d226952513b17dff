import { createHmac } from 'node:crypto'

/** A notification as the push gateway passes it to the app. */
export type Notification = { messageId: string; message: string }

export type PhoneAnswer = { status: number; body: unknown }

type AnswerAs = { address?: string; claims?: object; signer?: PushPhone }

/** The claims of a JWT, unverified. */
export function claimsOf(jwt: string): Record<string, string> {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
}

/**
 * The vendor's authenticator app, written from its wire format and not from this server's code: it scans a QR code, registers,
 * and answers notifications.
 */
export class PushPhone {
  readonly #token: string
  #secret: Buffer = Buffer.alloc(0)
  #addresses = { register: '', authenticate: '' }
  /** The id that the app gives itself for this account. */
  mechanismUid = 'b162b325-ebb1-48e0-8ab7-b38cf341da95'

  /** @param token that the platform gave the device */
  constructor(token = 'fcm-token-1') {
    this.#token = token
  }

  /** Reads a QR code. @returns its parameters. */
  scan(uri: string): Record<string, string> {
    const { searchParams } = new URL(uri)
    const read = (name: string) => Buffer.from(searchParams.get(name) ?? '', 'base64url')
    this.#secret = read('s')
    this.#addresses = { register: read('r').toString(), authenticate: read('a').toString() }
    return Object.fromEntries(searchParams)
  }

  /** @param change of the claims that the app signs */
  async register(uri: string, change: object = {}): Promise<PhoneAnswer> {
    const { m = '', c = '' } = this.scan(uri)
    const claims = {
      deviceId: this.#token,
      deviceType: 'android',
      communicationType: 'gcm',
      mechanismUid: this.mechanismUid,
      deviceName: 'Pixel of Alex',
      response: this.#respond(Buffer.from(c, 'base64url')),
      ...change,
    }
    return this.#post(this.#addresses.register, m, claims)
  }

  async approve(notification: Notification, change: object = {}): Promise<PhoneAnswer> {
    return this.answer(notification.messageId, this.read(notification).c ?? '', { claims: change })
  }

  /** @param as the address, further claims, and the phone whose key signs, if not those of an approval */
  answer(
    messageId: string,
    challenge: string,
    { address = this.#addresses.authenticate, claims = {}, signer = this }: AnswerAs = {},
  ): Promise<PhoneAnswer> {
    const response = this.#respond(Buffer.from(challenge, 'base64'))
    return this.#post(address, messageId, { response, ...claims }, signer)
  }

  /** Approves by choosing a number. */
  choose(notification: Notification, number: string): Promise<PhoneAnswer> {
    return this.approve(notification, { challengeResponse: number })
  }

  deny(notification: Notification): Promise<PhoneAnswer> {
    return this.approve(notification, { deny: true })
  }

  /** The content of a notification. @throws if it is not for this app, or altered. */
  read({ message }: Notification): Record<string, string> {
    const [header = '', payload = '', signature] = message.split('.')
    if (signature !== this.#sign(`${header}.${payload}`))
      throw new Error('the notification is not from our server')
    return claimsOf(message)
  }

  #respond(challenge: Buffer): string {
    return createHmac('sha256', this.#secret).update(challenge).digest('base64')
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url')
  }

  async #post(
    address: string,
    messageId: string,
    claims: object,
    signer: PushPhone = this,
  ): Promise<PhoneAnswer> {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const signed = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-api-version': 'resource=1.0, protocol=1.0',
        cookie: 'amlbcookie=01',
      },
      body: JSON.stringify({ messageId, jwt: `${signed}.${signer.#sign(signed)}` }),
    })
    return { status: response.status, body: await response.json() }
  }
}
