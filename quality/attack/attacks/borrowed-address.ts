import { exampleIdentity } from '../../../src/store/contract/examples.ts'
import { backchannel, newBackchannelToken } from '../../../test/support/backchannel-client.ts'
import { saveJourney } from '../../../test/support/prepared-folder.ts'
import { changeOauthSettings, RelyingParty } from '../../../test/support/relying-party.ts'
import { answerStep, startJourney } from '../../../test/support/wire.ts'
import { type Attack, mustHold } from '../attack.ts'

const victims = 'alex@example.com'
const earlier = 'mo@example.com'
const grantType = 'urn:openid:params:grant-type:ciba'

/** The attacker registers with the email address of the victim as username, or has done so before that was refused. */
export const borrowedAddress: Attack = {
  name: 'borrowed-address',
  defence: 'S80: a username is the address of another active person who shares it',
  goal: 'the requests that an application sends to the address of somebody else',
  async prepare(stores) {
    const collect = {
      type: 'AttributeCollectorNode',
      config: { attributesToCollect: ['userName', 'givenName', 'sn', 'mail'], required: true },
      to: { outcome: 'create' },
    }
    const create = {
      type: 'CreateObjectNode',
      config: { identityResource: 'managed/alpha_user' },
      to: { CREATED: 'success', FAILURE: 'failure' },
    }
    await saveJourney(stores, 'Register', { collect, create })
    const person = (userName: string, mail: string) =>
      stores.identities.create(exampleIdentity({ id: userName, userName, attributes: { mail } }))
    await person(earlier, 'mallory@example.com')
    await person('mo', earlier)
  },
  async play({ url, mailbox }) {
    const register = async (mail: string) =>
      answerStep(url, await startJourney(url, 'Register'), [victims, 'Mal', 'Lory', mail])
    for (const mail of ['mallory@example.com', victims, victims.toUpperCase()])
      mustHold(
        (await register(mail)).status === 401,
        `${victims} became the username of a person with ${mail}`,
      )
    await changeOauthSettings(url, { ciba: { journey: 'ConfirmRequest', maxRequestsPerPerson: 0 } })
    const bank = new RelyingParty(url, 'bank', 'a secret of the bank')
    await bank.register({
      core: { scopes: ['openid', 'profile'] },
      advanced: { grantTypes: [grantType] },
      ciba: {},
    })
    const ask = (hint: string) =>
      bank.post('bc-authorize', { scope: 'openid', login_hint: hint, binding_message: 'Pay 1 €' })
    const ambiguous = await ask(earlier)
    mustHold(ambiguous.body.error === 'unknown_user_id', 'a username won over the address of another person')
    const subject = { type: 'user', name: earlier }
    const token = await newBackchannelToken(url)
    const about = { type: 'service', value: 'ConfirmRequest', subject }
    const opened = await backchannel(url, 'initialize', about, { token })
    mustHold(opened.status === 400, 'a client opened a transaction for a name that fits two people')
    await ask(victims)
    const others = mailbox.mails.filter(({ to }) => to.some((address) => address.includes('mallory')))
    mustHold(others.length === 0, 'the attacker was asked')
    return `nobody got ${victims} as username, and a name that fits two people named nobody`
  },
}
