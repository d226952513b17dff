import { describe, expect, test } from 'vitest'
import { type MessagingSettings, messagingSchema } from '../../realms/messaging-settings.ts'
import { gatewayFor } from './providers.ts'
import { pushAddressOf } from './push-sns.ts'

const account = 'arn:aws:sns:eu-central-1:1234567890'
const applications = { appleEndpoint: `${account}:app/APNS/one`, googleEndpoint: `${account}:app/GCM/one` }
const keys = { region: 'eu-central-1', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 's' }

function settingsOf(push: object): MessagingSettings {
  return messagingSchema.parse({ push })
}

const sns = settingsOf({ provider: 'sns', ...keys, ...applications })
const google = { communicationType: 'gcm', deviceId: 'token' }

describe('the endpoint of a new device', () => {
  const read = (status: number, body: string) => {
    const gateway = gatewayFor(sns, 'push')
    if (gateway === undefined || 'address' in gateway) throw new Error('no gateway over HTTP')
    return gateway.enrolment?.addressIn({ status, body }, google)
  }
  const exists = (endpoint: string) =>
    `<Message>Invalid parameter: Token Reason: Endpoint ${endpoint} already exists with the same Token, but different attributes.</Message>`

  test('is that of the answer, or the one that the token has already', () => {
    const endpoint = `${account}:endpoint/GCM/one/5e3e9847`
    expect(read(200, `<EndpointArn>${endpoint}</EndpointArn>`)).toBe(endpoint)
    expect(read(400, exists(endpoint))).toBe(endpoint)
    expect(read(400, '<Code>InvalidParameter</Code>')).toBeUndefined()
  })

  test.each(['endpoint/GCM/two/1', 'endpoint/APNS/one/1', 'app/GCM/one', 'topic'])(
    'is not %s, which is none of the application',
    (name) => {
      expect(read(200, `<EndpointArn>${account}:${name}</EndpointArn>`)).toBeUndefined()
      expect(read(400, exists(`${account}:${name}`))).toBeUndefined()
    },
  )
})

describe('a notification', () => {
  const device = { ...google, communicationId: `${account}:endpoint/GCM/one/5e3e9847` }

  test('goes through Amazon SNS to endpoints of the configured applications only', () => {
    const addressOf = (change: object) => sns.push && pushAddressOf(sns.push, { ...device, ...change })
    expect(addressOf({})).toBe(device.communicationId)
    for (const communicationId of ['', 'token', `${account}:endpoint/GCM/two/1`, '+4930123456'])
      expect(addressOf({ communicationId })).toBeUndefined()
    expect(addressOf({ communicationType: 'apns' })).toBeUndefined()
  })

  test('goes to the token of the device through any other service', () => {
    const { push } = settingsOf({ provider: 'http', url: 'https://push.example.com' })
    expect(push && pushAddressOf(push, device)).toBe('token')
  })

  test.each(['.', '..'])('with the token %s chooses no other path of a service', (to) => {
    const url = 'https://push.example.com/devices/{{to}}/send?text={{text}}'
    const gateway = gatewayFor(settingsOf({ provider: 'http', url }), 'push')
    if (gateway === undefined || 'address' in gateway) throw new Error('no gateway over HTTP')
    const message = { id: 'id', text: '..', locale: 'en', statusUrl: '', expiresAt: 2 }
    expect(() => gateway.requestOf({ ...message, to }, 1)).toThrow('path')
    expect(gateway.requestOf({ ...message, to: '../a' }, 1)).toMatchObject({
      url: 'https://push.example.com/devices/..%2Fa/send?text=..',
    })
  })
})
