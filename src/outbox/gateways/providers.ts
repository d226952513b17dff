import type { MessageChannel, MessagingSettings } from '../../realms/messaging-settings.ts'
import type { GatewayAnswer, GatewayMessage, GatewayRequest, GatewayResult } from './gateway.ts'
import { http } from './http.ts'
import { endpointOf, endpointRequest, type PushAddress, pushSns } from './push-sns.ts'
import { sns } from './sns.ts'
import { twilioSms, twilioVoice } from './twilio.ts'
import { vonageSms, vonageVoice } from './vonage.ts'

/** A configured gateway over HTTP, with its settings bound. */
export type HttpGateway = {
  provider: string
  requestOf(message: GatewayMessage, now: number): GatewayRequest | Promise<GatewayRequest>
  resultOf(answer: GatewayAnswer): GatewayResult
  /** Whether it can recognise a repeated message, so that a message that may be on its way can be sent again. */
  isRecognised: boolean
  /** How it takes new devices, if they need an address of their own there. */
  enrolment?: {
    /** Undefined if it doesn't take such devices. */
    requestOf(device: PushAddress, now: number): Promise<GatewayRequest> | undefined
    /** Undefined if it refused. */
    addressIn(answer: GatewayAnswer, device: PushAddress): string | undefined
  }
}

/** A gateway that gets emails. */
export type MailGateway = { provider: 'smtp'; address: string; subject: string }

export type BoundGateway = HttpGateway | MailGateway

/** The realm's gateway for a channel; undefined if none is configured. Secrets must be opened. */
export function gatewayFor(settings: MessagingSettings, channel: MessageChannel): BoundGateway | undefined {
  if (channel === 'sms') return smsGateway(settings.sms)
  if (channel === 'push') return pushGateway(settings.push)
  const gateway = voiceGateway(settings.voice)
  // A telephone that has rung stays called, whatever the provider recognises.
  return gateway && { ...gateway, isRecognised: false }
}

function smsGateway(settings: MessagingSettings['sms']): BoundGateway | undefined {
  switch (settings?.provider) {
    case undefined:
      return undefined
    case 'twilio':
      return bound(twilioSms, settings)
    case 'vonage':
      return bound(vonageSms, settings)
    case 'sns':
      return bound(sns, settings)
    case 'http':
      return bound(http, settings)
    case 'smtp':
      return settings
  }
}

function pushGateway(settings: MessagingSettings['push']): HttpGateway | undefined {
  switch (settings?.provider) {
    case undefined:
      return undefined
    case 'sns':
      return {
        ...bound(pushSns, settings),
        enrolment: {
          requestOf: (device, now) => endpointRequest(settings, device, now),
          addressIn: (answer, device) => endpointOf(settings, device, answer),
        },
      }
    case 'http':
      return bound(http, settings)
  }
}

function voiceGateway(settings: MessagingSettings['voice']): HttpGateway | undefined {
  switch (settings?.provider) {
    case undefined:
      return undefined
    case 'twilio':
      return bound(twilioVoice, settings)
    case 'vonage':
      return bound(vonageVoice, settings)
    case 'http':
      return bound(http, settings)
  }
}

function bound<Settings extends { provider: string }>(
  provider: {
    requestOf(settings: Settings, message: GatewayMessage, now: number): ReturnType<HttpGateway['requestOf']>
    resultOf(answer: GatewayAnswer, settings: Settings): GatewayResult
    isRecognised?(settings: Settings): boolean
  },
  settings: Settings,
): HttpGateway {
  return {
    provider: settings.provider,
    requestOf: (message, now) => provider.requestOf(settings, message, now),
    resultOf: (answer) => provider.resultOf(answer, settings),
    isRecognised: provider.isRecognised?.(settings) ?? false,
  }
}

/** The address of the email for a number. */
export function mailAddressFor({ address }: MailGateway, to: string): string {
  return address.replace('{{number}}', to.replaceAll(/\D/g, ''))
}
