import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Notification } from './push-phone.ts'

/** What a gateway got: the target, and the notification as the app reads it. */
export type Pushed = { to: string; notification: Notification; text: string; authorization: string }

/** A web service that takes push notifications: as a plain HTTP gateway at `/push`, and as Amazon SNS at `/`. */
export async function startPushGateway() {
  const pushed: Pushed[] = []
  /** Forms that Amazon SNS got. */
  const forms: Record<string, string>[] = []
  /** `endpoint`: what Amazon SNS answers instead of an endpoint of the application. */
  const state: { isDown: boolean; endpoint: string | undefined } = { isDown: false, endpoint: undefined }
  let wake = () => {}
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const { authorization = '' } = request.headers
    if (state.isDown) return void response.writeHead(400).end('<Error><Code>InvalidParameter</Code></Error>')
    if (request.url === '/push') {
      const { to, text } = JSON.parse(body)
      const { messageId, message, text: shown } = JSON.parse(text)
      pushed.push({ to, notification: { messageId, message }, text: shown, authorization })
      response.end('{}')
      return wake()
    }
    const form = Object.fromEntries(new URLSearchParams(body))
    forms.push(form)
    if (form.Action === 'CreatePlatformEndpoint') {
      const own = `${form.PlatformApplicationArn?.replace(':app/', ':endpoint/')}/${form.Token}`
      response.end(`<EndpointArn>${state.endpoint ?? own}</EndpointArn>`)
      return
    }
    const { GCM = '{}', default: text = '' } = JSON.parse(form.Message ?? '{}')
    pushed.push({ to: form.TargetArn ?? '', notification: JSON.parse(GCM).data, text, authorization })
    response.end('<MessageId>aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab</MessageId>')
    wake()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // The address of a TCP server is never a string.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    forms,
    pushed,
    state,
    http: {
      provider: 'http',
      url: `http://${host}/push`,
      headers: { authorization: 'Bearer {{secret}}' },
      secret: 'hook-secret-1',
    },
    sns: {
      provider: 'sns',
      region: 'eu-central-1',
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'sns-secret-1',
      googleEndpoint: 'arn:aws:sns:eu-central-1:1234567890:app/GCM/production',
      baseUrl: `http://${host}`,
    },
    /** Resolves with the notification once there are `count`. */
    async arrived(count: number): Promise<Pushed> {
      while (pushed.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return pushed[count - 1] as Pushed
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
