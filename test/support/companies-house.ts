import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { CompactEncrypt, jwtVerify, SignJWT } from 'jose'

/** Keys, passwords and addresses that the journeys of Companies House read from environment variables. */
const notifyKey = 'a key of the message service'
const treePassword = 'Tree-Pass-2026'
const signingKey = Buffer.from('the key that signs registration tokens')
const encryptionKey = Buffer.from('the key that seals registrations')
const accessToken = 'the token of the trees'
const templates = { en_otpEmail: 'mail', en_otpSms: 'text' }

type Reply = { status: number; body: unknown }

type Message = {
  email_address?: string
  phone_number?: string
  template_id: string
  personalisation: { code: string }
}

/**
 * What journeys of Companies House call: the identity management of their tenant, which is in truth that of the server
 * under test, and the service that sends their codes.
 * @param codes takes them, by where they were sent.
 */
export async function startCompaniesHouse(codes: Map<string, string>) {
  let identityManagement: (request: IncomingMessage, body: string) => Promise<Response> = async () =>
    new Response(null, { status: 503 })

  async function answer(request: IncomingMessage): Promise<Reply> {
    const body = await text(request)
    const { pathname } = new URL(request.url ?? '', 'http://tenant')
    if (pathname.endsWith('/access_token')) return token(new URLSearchParams(body))
    if (pathname.startsWith('/notify/')) return send(request, JSON.parse(body))
    if (request.headers.authorization !== `Bearer ${accessToken}`) return { status: 401, body: {} }
    if (pathname.startsWith('/openidm/policy/')) return policy(JSON.parse(body))
    const reply = await identityManagement(request, body)
    return { status: reply.status, body: await reply.json() }
  }

  function token(form: URLSearchParams): Reply {
    const isGood = form.get('grant_type') === 'password' && form.get('password') === treePassword
    return isGood ? { status: 200, body: { access_token: accessToken } } : { status: 401, body: {} }
  }

  async function send(request: IncomingMessage, message: Message): Promise<Reply> {
    const { authorization = '' } = request.headers
    await jwtVerify(authorization.replace('Bearer ', ''), Buffer.from(notifyKey), { issuer: 'trees' })
    const { email_address, phone_number, template_id, personalisation } = message
    const kind = email_address === undefined ? templates.en_otpSms : templates.en_otpEmail
    if (template_id !== kind) return { status: 400, body: { errors: [] } }
    codes.set(email_address ?? phone_number ?? '', personalisation.code)
    return { status: 201, body: { id: `message ${codes.size}` } }
  }

  function policy({ properties }: { properties: { password: string } }): Reply {
    const isLong = properties.password.length >= 12
    const failed = isLong ? [] : [{ policyRequirements: [{ policyRequirement: 'MIN_LENGTH' }] }]
    return { status: 200, body: { result: isLong, failedPolicyRequirements: failed } }
  }

  const server = createServer((request, response) => {
    answer(request)
      .catch((error: unknown) => ({ status: 500, body: { message: String(error) } }))
      .then(({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    /** Environment variables of the journeys. */
    variables: {
      ESV_C5D3143C84_MANUALAMENDPOINT: url,
      ESV_C5D3143C84_MANUALIDMUSERNAME: 'trees',
      ESV_BDB15F6140_TREESERVICEUSERPASSWORD: treePassword,
      ESV_926416AA96_NOTIFYEMAILENDPOINT: `${url}/notify/email`,
      ESV_06D383CB89_NOTIFYSMSENDPOINT: `${url}/notify/sms`,
      ESV_0E0FBBA507_NOTIFYDETAILS: JSON.stringify({
        issUuid: 'trees',
        secretKey: 'SECRET_KEY_GOES_HERE',
        templates,
      }),
      ESV_AD277E8149_NOTIFYSECRETKEY: notifyKey,
      ESV_44899EDE0E_CHJWTSIGNINGKEY: signingKey.toString('base64'),
      ESV_44899EDE0E_CHJWTENCRYPTIONKEY: encryptionKey.toString('base64'),
    },
    /** Base address of the people resource. */
    managePeople(handler: typeof identityManagement): void {
      identityManagement = handler
    },
    /** The code that the first half of a registration sends by email. */
    registrationToken(mail: string): Promise<string> {
      return sealed(
        new SignJWT({ subject: mail, fullName: 'Kay Fox', phone: '' })
          .setIssuer(url)
          .setSubject(mail)
          .setIssuedAt()
          .setExpirationTime('5m'),
      )
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function sealed(claims: SignJWT): Promise<string> {
  const signed = await claims.setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(signingKey)
  return new CompactEncrypt(Buffer.from(signed))
    .setProtectedHeader({ alg: 'dir', enc: 'A128CBC-HS256', cty: 'JWT' })
    .encrypt(encryptionKey)
}
