import { AwsV4Signer } from 'aws4fetch'
import type { SmsGateway } from '../../realms/messaging-settings.ts'
import {
  acceptedWith,
  baseOf,
  failure,
  formType,
  type GatewayAnswer,
  type GatewayRequest,
  type GatewayResult,
  isSuccess,
  type Provider,
} from './gateway.ts'

type Settings = Extract<SmsGateway, { provider: 'sns' }>

/** What every request to Amazon SNS needs. */
type Account = Pick<Settings, 'region' | 'accessKeyId' | 'secretAccessKey' | 'baseUrl'>

/** Amazon's limit for the text of a message. */
const maxLength = 1600

/** Errors with status 400 that pass. Source: Amazon SNS API reference, "Common errors". */
const temporary = new Set(['Throttling', 'ThrottlingException', 'Throttled', 'RequestExpired'])

/** Source: Amazon SNS API reference, "Publish"; AWS, "Signature Version 4". It reports no delivery over HTTP. */
export const sns: Provider<Settings> = {
  requestOf({ senderId, ...account }, { to, text }, now) {
    const sender = senderId === '' ? {} : { 'AWS.SNS.SMS.SenderID': senderId }
    const attributes = attributesOf({ 'AWS.SNS.SMS.SMSType': 'Transactional', ...sender })
    const members = { PhoneNumber: to, Message: text.slice(0, maxLength), ...attributes }
    return snsRequest(account, 'Publish', members, now)
  },
  resultOf: publishResult,
}

/** A signed request of the query API. */
export async function snsRequest(
  { region, accessKeyId, secretAccessKey, baseUrl }: Account,
  action: string,
  members: Readonly<Record<string, string>>,
  now: number,
): Promise<GatewayRequest> {
  const body = new URLSearchParams({ Action: action, Version: '2010-03-31', ...members }).toString()
  const signer = new AwsV4Signer({
    url: `${baseOf(baseUrl, `https://sns.${region}.amazonaws.com`)}/`,
    method: 'POST',
    headers: { 'content-type': formType },
    body,
    accessKeyId,
    secretAccessKey: secretAccessKey ?? '',
    region,
    service: 'sns',
    datetime: new Date(now).toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
  })
  const { url, method, headers } = await signer.sign()
  return { url: url.href, method, headers: Object.fromEntries(headers.entries()), body }
}

export function publishResult(answer: GatewayAnswer): GatewayResult {
  if (isSuccess(answer)) return acceptedWith(/<MessageId>([^<]+)<\/MessageId>/.exec(answer.body)?.[1])
  const [, code] = /<Code>(\w{1,80})<\/Code>/.exec(answer.body) ?? []
  if (code !== undefined && temporary.has(code)) return { kind: 'retry', code: `${answer.status} ${code}` }
  return failure(answer, code)
}

/** Numbered members, as the query API wants them. */
function attributesOf(values: Readonly<Record<string, string>>): Record<string, string> {
  const members = Object.entries(values).flatMap(([name, value], place) => {
    const entry = `MessageAttributes.entry.${place + 1}`
    return [
      [`${entry}.Name`, name],
      [`${entry}.Value.DataType`, 'String'],
      [`${entry}.Value.StringValue`, value],
    ]
  })
  return Object.fromEntries(members)
}
