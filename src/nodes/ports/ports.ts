import type { Action } from '../../engine/action.ts'
import type { Answer } from '../../engine/callbacks.ts'
import type { Json, JsonObject } from '../../engine/json.ts'
import type { NodeState } from '../../engine/node-state.ts'
import type { AnyNodeType } from '../../engine/node-type.ts'
import type {
  AuthorizedKeyPort,
  DeviceKeyPort,
  PasskeyPort,
  PersistentCookiePort,
  ThingTokenPort,
} from './device-ports.ts'
import type { DirectoryPort, SamlPort, SocialClientPort, SocialPort, WebPort } from './outside-ports.ts'
import type { SelfService } from './self-service-port.ts'

/** A person as the managed-object wire shows it: `_id`, `userName`, `mail`, …; never a password. */
export type Person = JsonObject & { _id: string; userName: string }

/** `unknown` and `wrong` take the same time to find out. `locked` is answered whatever the password. */
export type PasswordVerdict =
  | { kind: 'right'; person: Person; mustChange: boolean }
  | { kind: 'wrong' | 'unknown' | 'locked' }

/** One attribute of the realm's people. Source: "Managed object schema" of the vendor's identity management. */
export type PersonAttribute = {
  name: string
  title: string
  description: string
  type: string | readonly string[]
  viewable: boolean
  userEditable: boolean
  isRequired: boolean
  /** The policies in the form callbacks carry them. */
  policies: JsonObject
}

export type FailedPolicy = { policyRequirement: string; params?: JsonObject }

/** People of the journey's realm. Changes are saved with the journey's step, all or nothing. */
export type IdentityPort = {
  /** By user name or object id. */
  find(nameOrId: string): Promise<Person | undefined>
  /** At most two: enough to tell one from several. */
  findByAttribute(attribute: string, value: string): Promise<readonly Person[]>
  /** @param kind others are `unknown`. */
  checkPassword(nameOrId: string, password: string, kind?: 'user' | 'agent'): Promise<PasswordVerdict>
  /** Whether somebody is inactive, or locked out by wrong passwords. */
  isLocked(id: string): Promise<boolean>
  /** Whether an attribute has a value, a password and others that nobody may see included. */
  hasAttribute(id: string, name: string): Promise<boolean>
  /** When somebody was created, in epoch milliseconds; undefined for nobody. */
  createdAt(id: string): Promise<number | undefined>
  /** @throws Error when the filter cannot be read. Source: "Query" in the vendor's common REST guide. */
  matches(person: Person, filter: string): boolean
  /** Whether it answers a security question; `stored` is the `answer` that the person keeps. */
  checkAnswer(stored: Json, answer: string): Promise<boolean>
  /**
   * Somebody new, saved with the step. @throws an error named `RequestError` where policies do not allow it.
   * @param as things need no name and no mail address.
   */
  createWithStep(object: JsonObject, as?: 'person' | 'thing'): Promise<Person>
  /** Attributes under the names that AM has for them, such as `uid`, as those of a person. */
  fromAmAttributes(attributes: Readonly<Record<string, readonly string[]>>): JsonObject
  /** Sets attributes; null removes one. @throws an error named `RequestError` where policies do not allow it. */
  patch(id: string, changes: JsonObject): Promise<void>
  /**
   * The person's own change, with the old password checked before.
   * @returns `refused` when the person's directory does not take the new password.
   */
  changePassword(id: string, passwords: { old: string; fresh: string }): Promise<'changed' | 'refused'>
  setActive(id: string, isActive: boolean): Promise<void>
  attribute(name: string): PersonAttribute | undefined
  attributeNames: readonly string[]
  requiredAttributes: readonly string[]
  /** @returns the failed policies by attribute; empty when all values are fine. */
  checkPolicies(values: JsonObject, id?: string): Promise<Readonly<Record<string, readonly FailedPolicy[]>>>
}

/** What a script may see of the node that runs it. */
export type ScriptRequest = {
  /** Id of the script, or source and name of a custom node's. */
  script: string | { name: string; id: string; source: string }
  as: 'decision' | 'config' | 'deviceMatch' | 'customNode' | 'transformation'
  /** For a transformation: what is to be transformed. */
  profile?: TransformedProfile
  /** State keys that the script may read. */
  inputs: readonly string[]
  /** State keys that a script of the legacy engine must leave behind, and may; unset means any. */
  outputs?: readonly string[]
  properties?: JsonObject
}

/** What an identity provider tells of somebody, before or after it has the form that all providers have. */
export type TransformedProfile = {
  rawProfile?: JsonObject
  normalizedProfile?: JsonObject
  selectedIdp: string
}

/** What a script left behind, its writes already made in the node's state. */
export type ScriptOutcome = {
  /** Set when the script used `action` or `callbacksBuilder` to say what to do. */
  action: Action | undefined
  /** The `outcome` and `config` variables, as the script left them. */
  outcome: Json | undefined
  config: Json | undefined
  auditDetail: Json | undefined
  /** What the last statement came to, of a transformation. */
  value?: Json
}

/** A script that threw, timed out or does not exist. The message is for the log and names script and line. */
export class ScriptFailure extends Error {
  override readonly name = 'ScriptFailure'
}

export type ScriptPort = {
  /** @throws ScriptFailure; then none of its writes were made. */
  run(request: ScriptRequest): Promise<ScriptOutcome>
}

/** Scripts of the realm that transform what identity providers tell. */
export type TransformationPort = {
  /**
   * @returns what the script makes of it; undefined when the realm has no such script.
   * @throws ScriptFailure that names the script; then none of its writes were made.
   */
  run(script: string, profile: TransformedProfile): Promise<JsonObject | undefined>
}

export type BackchannelStatus = {
  state: 'CREATED' | 'IN_PROGRESS' | 'COMPLETED'
  result: 'UNKNOWN' | 'APPROVED' | 'DENIED'
  /** What notifications sent so far, merged; undefined before the first. */
  notificationData: JsonObject | undefined
  sessionProperties: Readonly<Record<string, string>>
}

export type OpenTransaction = {
  journey: string
  subject: { kind: 'user' | 'agent'; name: string } | undefined
  data: JsonObject
  /** Unset means the realm's time to live. */
  timeoutSeconds: number | undefined
  allowRetry: boolean
  /** A transaction of this journey session that the new one takes the place of. */
  replaces: string | undefined
}

/** Backchannel transactions of the journey's realm. Ids are secrets: possession lets one run the journey. */
export type BackchannelPort = {
  open(
    request: OpenTransaction,
  ): Promise<
    | { kind: 'created'; id: string; links: { get: string; post: string; parameters: string } }
    | { kind: 'unknownSubject' }
  >
  /** undefined when unknown or expired: the two look the same. */
  status(id: string): Promise<BackchannelStatus | undefined>
  /** Commits at once, keyed by the node's visit: a step that runs again notifies once. */
  notify(id: string, data: JsonObject): Promise<void>
}

/** What a caller may know of a help desk's check before proving anything. Plain texts; absent is what nobody said. */
export type CheckNotice = {
  organisation: string
  agent: string
  action: string | undefined
  reason: string | undefined
  ticket: string | undefined
  /** The person for whom the caller is asked to vouch; undefined where the caller is the person who called. */
  vouchFor: string | undefined
  /** The agent must be able to read it out. */
  reverseCode: string
}

/** The help desk's check that this journey completes. */
export type VerificationPort = {
  /** undefined where the journey completes none: it was started by name, or its transaction is no check. */
  notice(): Promise<CheckNotice | undefined>
  /** Commits at once, keyed by the node's visit: a step that runs again spends one try. */
  typeCode(code: string): Promise<{ kind: 'right' } | { kind: 'wrong'; triesLeft: number } | { kind: 'over' }>
  /** "This is not me", or "somebody called me"; of a check that asks to vouch, "I don't vouch". Commits at once. */
  reject(reason: 'notMe' | 'calledMe'): Promise<void>
}

/** What a node that runs inside another one gets: its own answers, and the state of the outer node. */
type InnerVisit = { answers: readonly Answer[]; state: NodeState }

/**
 * Runs other nodes as part of this one's visit. An outcome that the type of such a node does not offer comes back as an
 * error action.
 */
export type NodePort = {
  /** Without a version, the first. */
  typeNamed(type: string, version?: string): AnyNodeType | undefined
  /**
   * Runs a node of this page as if it stood alone: in its own version, with its secrets opened.
   * @returns undefined when the journey has no such node
   */
  runChild(child: InnerVisit & { id: string }): Promise<Action | undefined>
  /**
   * Runs as a node of another type, under this node's id. The settings are parsed by that type's schema.
   * @throws z.ZodError when the settings do not fit the type.
   */
  imitate(
    node: InnerVisit & { type: string; version: string | undefined; config: JsonObject },
  ): Promise<Action>
}

/** A mail server of an administrator's choice. */
export type MailServer = {
  host: string
  port: number
  security: 'none' | 'startTls' | 'tls'
  username: string
  password: string
}

/** A mail as nodes write it. An empty sender and no server mean those of the server's settings. */
export type OutgoingMail = {
  from: string
  to: string
  subject: string
  body: string
  isHtml: boolean
  server?: MailServer
}

/** Mail. It is sent once the step is saved: a step that runs again or loses sends nothing of its own. */
export type MailPort = {
  send(mail: OutgoingMail): void
  /**
   * Writes a mail from a template of the realm, in a language of the request.
   * @param object what the template may show, as `{{object.givenName}}`.
   * @returns false when the realm has no such template, or it is switched off.
   */
  sendTemplate(template: string, to: string, object: JsonObject): Promise<boolean>
}

/** What nobody can guess. */
export type SecretsPort = {
  /** Decimal digits. */
  digits(length: number): string
  /** Hexadecimal digits. */
  hex(length: number): string
  /** Compares in constant time. */
  isSame(one: string, other: string): boolean
}

/** `binding` is a key that an app holds; `profile` is what a device told of itself. */
export type DeviceKind = 'oath' | 'push' | 'webauthn' | 'binding' | 'profile'

/** A second factor that somebody registered; what its kind needs besides is up to its nodes. */
export type Device = JsonObject & {
  uuid: string
  deviceName: string
  /** Hashes of the recovery codes that are left. */
  recoveryCodes: string[]
}

/** Registered devices. They are kept sealed: REST, scripts and logs never see their keys. */
export type DevicePort = {
  /** Those of a person, the oldest first. */
  registered(personId: string, kind: DeviceKind): Promise<readonly Device[]>
  /** Takes the place of all of that kind, with the step. */
  save(personId: string, kind: DeviceKind, devices: readonly Device[]): Promise<void>
  /** A device as text for state, where only {@link DevicePort.open} reads it. */
  seal(device: Device): string
  /** undefined for what is not ours. */
  open(sealed: string): Device | undefined
  /** New codes to show once, and the hashes to keep of them. */
  newRecoveryCodes(): { codes: string[]; hashes: string[] }
  /** The hashes that are left once the code is used; undefined when it is none of them. */
  useRecoveryCode(hashes: readonly string[], code: string): string[] | undefined
}

/** A one-time password and where it may stand. Sources: RFC 4226 and RFC 6238. */
export type OathCode = {
  /** Hexadecimal. */
  secret: string
  code: string
  /** Where to look first: a counter, or the time in steps. */
  counter: number
  /** How many steps to look back and ahead. */
  back: number
  ahead: number
  hash: 'sha1' | 'sha256' | 'sha512'
}

export type OathPort = {
  /** The counter that gives the code; undefined when none does. Takes the same time for every wrong code. */
  counterOf(code: OathCode): Promise<number | undefined>
  /** A key as authenticator apps read it, from hexadecimal. */
  base32(secret: string): Promise<string>
}

/**
 * Counts for whoever watches the server, once the step is saved. Keys are an administrator's, such as `sign.ups`.
 * Sources: "Meter node", "Timer Stop node".
 */
export type MetricsPort = {
  count(key: string): void
  time(key: string, seconds: number): void
  /** Epoch milliseconds, at this very moment: what other nodes see is the time of the request. */
  now(): number
}

/** Webhooks of the journey's realm. Source: "Configure webhooks". */
export type WebhookPort = {
  exists(name: string): Promise<boolean>
}

/** Kinds of credentials whose wrong tries are counted, each apart from the others. */
export type TriedFactor = 'oath' | 'code' | 'recovery' | 'kba' | 'binding' | 'webauthn'

/**
 * What a check found: a right credential, or why it does not count, for the log and without the credential. `detail` is
 * for the log alone.
 */
export type Tried<Right> =
  | { kind: 'right'; value: Right }
  | { kind: 'wrong'; reason: string; detail?: string }

/** Reason of a try that was refused before the credential was checked. */
export const tooManyTries = 'Too many wrong tries: none is checked for now'

/**
 * Counts wrong tries of a person's credential, at once and for all servers together. Nodes check no second factor
 * without it.
 */
export type TryPort = {
  /**
   * Counts a try, checks unless there were too many, and clears the count after a right one.
   * @param personId undefined where nobody is known yet: tries count for the journey session.
   * @returns what the check found, or `tooManyTries`.
   */
  check<Right>(
    factor: TriedFactor,
    personId: string | undefined,
    check: () => Promise<Tried<Right>>,
  ): Promise<Tried<Right>>
}

/** All that nodes may ask of the world. A node names what it needs and gets nothing else. */
export type Ports = {
  identities: IdentityPort
  scripts: ScriptPort
  backchannel: BackchannelPort
  verification: VerificationPort
  nodes: NodePort
  mailer: MailPort
  secrets: SecretsPort
  devices: DevicePort
  oath: OathPort
  tries: TryPort
  passkeys: PasskeyPort
  deviceKeys: DeviceKeyPort
  thingTokens: ThingTokenPort
  authorizedKeys: AuthorizedKeyPort
  persistentCookies: PersistentCookiePort
  directories: DirectoryPort
  web: WebPort
  social: SocialPort
  socialClients: SocialClientPort
  transformations: TransformationPort
  saml: SamlPort
  metrics: MetricsPort
  webhooks: WebhookPort
  selfService: SelfService
}
