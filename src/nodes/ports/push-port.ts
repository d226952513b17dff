import type { JsonObject } from '../../base/json.ts'

/** How the person approves: with a tap, by choosing the number that the page shows, or with the device's own biometrics. */
export type PushType = 'default' | 'challenge' | 'biometric'

/** A question for the app on a person's device. */
export type PushQuestion = {
  personId: string
  device: {
    /** The id that the app gave itself. */
    mechanismUid: string
    /** The key that the app shares with this server, base64. */
    secret: string
    communicationType: string
    /** The address at the push gateway. */
    communicationId: string
    /** The token that the platform gave the device. */
    deviceId: string
  }
  type: PushType
  /** Shown by the app. */
  text: string
  lifeMs: number
  /** JSON for the app. */
  payload?: string
  context?: string
}

/** The state of a push. `isMatched`: the person chose the number that the page showed. */
export type PushResult =
  | { kind: 'waiting' | 'denied' | 'expired' }
  | { kind: 'approved'; isMatched: boolean; claims: JsonObject; communicationId: string | undefined }

/** Authenticator apps that answer over the network. What a step asks is sent once the step is saved. */
export type PushPort = {
  /**
   * @returns the id of the message and the number to show, or the reason why nothing is sent. `noAddress`: the realm's gateway
   * didn't register this device.
   */
  ask(
    question: PushQuestion,
  ): Promise<{ messageId: string; number: string | undefined } | 'noGateway' | 'noAddress' | 'tooMany'>
  /**
   * Waits for a new device of the person. `secret` and `challenge` are base64.
   * @returns undefined if the realm has no push gateway
   */
  expect(
    personId: string,
    secret: string,
    lifeMs: number,
  ): { messageId: string; challenge: string } | undefined
  /**
   * The state of a push that this journey sent to this person. An approval is returned only once.
   * @returns `expired` also for ids of other journeys, people and kinds
   */
  take(kind: 'authenticate' | 'register', messageId: string, personId: string): Promise<PushResult>
  /** Where apps answer. */
  readonly addresses: { register: string; authenticate: string }
}
