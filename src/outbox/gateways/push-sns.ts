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
  const application = applicationFor(settings, communicationType)
  if (application === '') return undefined
  const members = { PlatformApplicationArn: application, Token: deviceId }
  return snsRequest(settings, 'CreatePlatformEndpoint', members, now)
}

/** The endpoint in an answer. A token that has one with other attributes keeps it, which only the text of the error names. */
export function endpointOf(
  settings: Settings,
  { communicationType }: Pick<PushAddress, 'communicationType'>,
  answer: GatewayAnswer,
): string | undefined {
  const form = isSuccess(answer)
    ? /<EndpointArn>(arn:[\w:/.-]{1,500})<\/EndpointArn>/
    : /Endpoint (arn:[\w:/.-]{1,500}) already exists with the same token/i
  const endpoint = form.exec(answer.body)?.[1]
  const application = applicationFor(settings, communicationType)
  return endpoint !== undefined && isEndpointOf(application, endpoint) ? endpoint : undefined
}

/** Where the gateway reaches a device; undefined if another gateway or application registered the device. */
export function pushAddressOf(
  gateway: PushGateway,
  { communicationType, communicationId, deviceId }: PushAddress & { communicationId: string },
): string | undefined {
  if (gateway.provider === 'http') return deviceId
  const application = applicationFor(gateway, communicationType)
  // rule S58: otherwise a notification goes to an address of another application
  return isEndpointOf(application, communicationId) ? communicationId : undefined
}

function applicationFor({ appleEndpoint, googleEndpoint }: Settings, communicationType: string): string {
  return communicationType === 'apns' ? appleEndpoint : googleEndpoint
}

/** Application `…:app/GCM/name` has the endpoints `…:endpoint/GCM/name/id`. */
function isEndpointOf(application: string, address: string): boolean {
  const prefix = `${application.replace(':app/', ':endpoint/')}/`
  return (
    application.includes(':app/') && address.startsWith(prefix) && !address.slice(prefix.length).includes('/')
  )
}
