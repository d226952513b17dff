import { z } from 'zod'
import type { PushGateway } from '../../realms/messaging-settings.ts'
import { type GatewayAnswer, type GatewayRequest, isSuccess, type Provider } from './gateway.ts'
import { publishResult, snsRequest } from './sns.ts'

type Settings = Extract<PushGateway, { provider: 'sns' }>

/** A notification for an authenticator app, which is the text of a push message. */
export const pushNotificationSchema = z.object({
  messageId: z.string(),
  /** A JWT that is signed with the device's key. */
  message: z.string(),
  /** Shown before the app is open. */
  text: z.string(),
  pushType: z.string(),
  communicationType: z.string(),
  deviceId: z.string(),
})

export type PushNotification = z.infer<typeof pushNotificationSchema>

/** How a device is reached: its platform and the token that the platform gave it. */
export type PushAddress = Pick<PushNotification, 'communicationType' | 'deviceId'>

/** Sends notifications to endpoints of platform applications. Source: Amazon SNS, "Mobile push notifications". */
export const pushSns: Provider<Settings> = {
  requestOf(settings, { to, text }, now) {
    const Message = JSON.stringify(byPlatform(pushNotificationSchema.parse(JSON.parse(text))))
    return snsRequest(settings, 'Publish', { TargetArn: to, MessageStructure: 'json', Message }, now)
  },
  resultOf: publishResult,
  // Apps show a notification with a known id once.
  isRecognised: () => true,
}

/** The forms in which the vendor's apps read a notification. */
function byPlatform({ messageId, message, text, pushType }: PushNotification) {
  const category = pushType === 'default' ? 'authentication' : `authentication_${pushType}`
  const aps = {
    alert: text,
    sound: 'default',
    category,
    'interruption-level': 'time-sensitive',
    messageId,
    data: message,
    'content-available': 1,
    'mutable-content': 1,
  }
  const apple = JSON.stringify({ aps })
  const google = JSON.stringify({ priority: 'high', data: { message, messageId } })
  return { default: text, GCM: google, APNS: apple, APNS_SANDBOX: apple }
}

/** Registers a device. @returns undefined for a platform without an application. Source: "CreatePlatformEndpoint". */
export function endpointRequest(
  settings: Settings,
  { communicationType, deviceId }: PushAddress,
  now: number,
): Promise<GatewayRequest> | undefined {
  const application = communicationType === 'apns' ? settings.appleEndpoint : settings.googleEndpoint
  if (application === '') return undefined
  const members = { PlatformApplicationArn: application, Token: deviceId }
  return snsRequest(settings, 'CreatePlatformEndpoint', members, now)
}

export function endpointOf(answer: GatewayAnswer): string | undefined {
  return isSuccess(answer)
    ? /<EndpointArn>(arn:[\w:/.-]{1,500})<\/EndpointArn>/.exec(answer.body)?.[1]
    : undefined
}
