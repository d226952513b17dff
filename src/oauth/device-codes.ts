import type { Provider } from 'oidc-provider'
import { z } from 'zod'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { Limit } from '../limits/limit.ts'
import type { Limits } from '../limits/limits.ts'
import { limitsOfNetworks } from '../limits/source.ts'
import type { Realm } from '../realms/realm.ts'
import { digest } from '../secrets/digest.ts'
import type { Session } from '../sessions/session.ts'
import { isAdminClient } from './admin-clients.ts'
import { deviceGrantType } from './endpoints.ts'
import { grantSeconds } from './lifetimes.ts'
import type { OauthStore } from './oauth-store.ts'
import { signInOf } from './session-adapter.ts'

type DeviceCode = InstanceType<Provider['DeviceCode']>
type Client = NonNullable<Awaited<ReturnType<Provider['Client']['find']>>>

/** An unanswered request of a device. */
export type DeviceRequest = { code: DeviceCode; client: Client; scopes: readonly string[] }

/** `unknown`: also if the code has expired or was answered, or the client may no longer use it. */
export type FoundRequest =
  | { kind: 'found'; request: DeviceRequest }
  | { kind: 'unknown' }
  | { kind: 'blocked'; waitMs: number }

export type DeviceNeeds = {
  store: Pick<OauthStore, 'create'>
  limits: Pick<Limits, 'takeAll' | 'giveBackAll'>
  audit(realm: string): AuditTrail
  /** Whether the person has a role in their realm. */
  isStaff(realm: string, id: string): Promise<boolean>
  /** Epoch milliseconds. */
  now(): number
}

const guessWindowMs = 10 * 60_000

/** Longer than any code lives. */
const rememberedMs = 2 * 3_600_000

/** Wrong user codes. SECURITY.md weighs the numbers. */
export const wrongUserCodes = { perAddress: 10, perPerson: 10, perRealm: 500 }

/** The user codes that devices show, and the answers of people who type them. */
export class DeviceCodes {
  readonly #provider: Provider
  readonly #realm: Realm
  readonly #needs: DeviceNeeds

  constructor(provider: Provider, realm: Realm, needs: DeviceNeeds) {
    this.#provider = provider
    this.#realm = realm
    this.#needs = needs
  }

  /** The attempt counts before it is checked, so that concurrent ones can't exceed the limits. A right code is given back. */
  async find(typed: string, session: Session, address: string): Promise<FoundRequest> {
    const { limits, audit } = this.#needs
    const counted = this.#guessLimits(session, address)
    const taken = await limits.takeAll(counted)
    for (const _limit of taken.kind === 'taken' ? taken.usedUp : []) {
      audit(this.#realm.path).record({
        eventName: 'SIDEGATE-ADDRESS-BLOCKED',
        result: 'FAILED',
        userId: session.identityId,
        ip: address,
        entries: { reason: 'wrong codes of devices' },
      })
    }
    // rule S48: otherwise codes of devices are guessed without limit
    if (taken.kind === 'full') return { kind: 'blocked', waitMs: taken.waitMs }
    const request = await this.#read(typed, session)
    if (request === undefined) return { kind: 'unknown' }
    await limits.giveBackAll(counted)
    return { kind: 'found', request }
  }

  /** @returns false if the request was answered before. Of concurrent answers, one counts. */
  async answer(
    { code, client, scopes }: DeviceRequest,
    session: Session,
    isAllowed: boolean,
    ip: string,
  ): Promise<boolean> {
    const isFirst = await this.#needs.store.create({
      realm: this.#realm.path,
      model: 'DeviceAnswer',
      idHash: digest(code.jti),
      payload: {},
      expiresAt: this.#needs.now() + rememberedMs,
      clientId: client.clientId,
    })
    // rule S48: otherwise a code of a device is answered twice at the same time
    if (!isFirst) return false
    if (isAllowed) await this.#allow(code, client, scopes, session)
    else Object.assign(code, { error: 'access_denied', errorDescription: 'the person did not allow it' })
    await code.save()
    this.#needs.audit(this.#realm.path).record({
      eventName: isAllowed ? 'SIDEGATE-DEVICE-ALLOWED' : 'SIDEGATE-DEVICE-DENIED',
      result: 'SUCCESSFUL',
      userId: session.identityId,
      ip,
      what: { kind: 'oauthClient', id: client.clientId, operation: 'ACTION', action: 'device' },
    })
    return true
  }

  async #allow(code: DeviceCode, client: Client, scopes: readonly string[], session: Session): Promise<void> {
    const { accountId, loginTs, amr } = signInOf(session)
    const grant = new this.#provider.Grant({ accountId, clientId: client.clientId })
    // The library would read the client from a request to one of its own endpoints.
    grant.exp = Math.floor(this.#needs.now() / 1000) + grantSeconds(client, this.#realm.settings.oauth)
    grant.addOIDCScope(scopes.join(' '))
    const grantId = await grant.save()
    // Tokens of administration end with the session.
    const sessionUid = isAdminClient(this.#realm.path, client.clientId) ? session.handle : undefined
    Object.assign(code, { accountId, grantId, sessionUid, scope: scopes.join(' '), authTime: loginTs, amr })
  }

  async #read(typed: string, { identityId }: Session): Promise<DeviceRequest | undefined> {
    const userCode = normalizedCode(typed)
    if (userCode === '') return undefined
    const code = await this.#provider.DeviceCode.findByUserCode(userCode)
    if (code === undefined || !this.#isOpen(code)) return undefined
    const client = await this.#provider.Client.find(code.clientId ?? '')
    // rule S48: otherwise a person allows a device for a client that may no longer use devices
    if (client?.grantTypeAllowed(deviceGrantType) !== true) return undefined
    const { path } = this.#realm
    // rule S48: otherwise people without a role allow a tool of administration
    if (isAdminClient(path, client.clientId) && !(await this.#needs.isStaff(path, identityId)))
      return undefined
    return { code, client, scopes: String(code.params?.scope ?? '').split(' ') }
  }

  #isOpen(code: DeviceCode): boolean {
    const endsAt = askedAtOf(code) + this.#realm.settings.oauth.device.lifeSeconds * 1000
    // rule S48: otherwise a device is allowed after its code has expired
    return endsAt > this.#needs.now() && code.accountId === undefined && code.error === undefined
  }

  #guessLimits({ identityId }: Session, address: string): Limit[] {
    const key = `${this.#realm.path} wrong device codes`
    const { perAddress, perPerson, perRealm } = wrongUserCodes
    return [
      ...limitsOfNetworks({ key, max: perAddress, windowMs: guessWindowMs }, address),
      { key: `${key} of ${identityId}`, max: perPerson, windowMs: guessWindowMs },
      { key, max: perRealm, windowMs: guessWindowMs },
    ]
  }
}

const infoSchema = z.object({ askedAt: z.number() })

/** When the device asked, in epoch milliseconds. */
export function askedAtOf({ deviceInfo }: Pick<DeviceCode, 'deviceInfo'>): number {
  return infoSchema.parse(deviceInfo).askedAt
}

/** People may type a code in small letters, without its dash or with spaces. */
export function normalizedCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
}
