import { z } from 'zod'
import { type Extras, fail, goTo } from '../../engine/action.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import { challengeKey, challengeSchema } from './radius-challenge.ts'

const rejected: Extras = { errorMessage: 'Login failure' }
const lockedOut: Extras = { errorMessage: 'User Locked Out.', lockoutMessage: 'User Locked Out.' }

const servers = z.array(z.string()).max(10).default([])

/** Letters, digits and periods, as in AM. */
const identifier = /^[a-z0-9]+(\.[a-z0-9]+)*$/i

/**
 * Checks the collected credentials at RADIUS servers, by their password (PAP). Sources: "RADIUS Decision node", RFC 2865. The
 * ids of its outcomes aren't published: those that LDAP Decision has, too, are the same.
 */
export const radiusDecision = defineNode({
  type: 'RadiusDecisionNode',
  title: 'RADIUS Decision',
  help: 'Checks the username and password at a RADIUS server, which can ask for more, such as a one-time password.',
  tags: ['basic authn', 'basic authentication'],
  family: 'identity',
  config: () =>
    z.object({
      primaryServers: setting(
        'Primary RADIUS Servers',
        'Servers as `host:port`, or as `host` with port 1812: ten at most. The first that answers decides.',
        servers,
      ),
      secondaryServers: setting(
        'Secondary RADIUS Servers',
        'Servers to ask if no primary server answers.',
        servers,
      ),
      sharedSecretPurpose: setting(
        'RADIUS Shared Secret Label Identifier',
        'The shared secret has the label `am.authentication.nodes.radius.‹identifier›.secret`: with `branch`, it is read from `ESV_AM_AUTHENTICATION_NODES_RADIUS_BRANCH_SECRET`.',
        z.string().nullish(),
      ),
      timeout: setting(
        'Timeout',
        'Seconds to wait for each server. A person waits for a minute at most.',
        z.int().min(1).max(60).default(5),
      ),
      healthCheckInterval: setting(
        'Health Check Interval',
        'Minutes for which a server that didn’t answer is asked last.',
        z.int().min(0).default(5),
      ),
      checkForLockout: flagSetting(
        'Stop RADIUS binds after lockout',
        'Takes the outcome Locked, without asking a server, if the person’s account here is inactive or locked.',
      ),
      requireMessageAuthenticator: flagSetting(
        'Require Message-Authenticator attribute',
        'Answers without this attribute never count, whatever the value: they can be forged.',
        true,
      ),
    }),
  outcomes: {
    all: { TRUE: 'True', FALSE: 'False', CHALLENGE: 'Challenge', LOCKED: 'Locked' },
    offered: ({ checkForLockout }) =>
      checkForLockout ? ['TRUE', 'FALSE', 'CHALLENGE', 'LOCKED'] : ['TRUE', 'FALSE', 'CHALLENGE'],
  },
  reads: () => ['username', 'password', challengeKey],
  writes: () => [challengeKey],
  errors: {
    error: {
      'no RADIUS server answered':
        'The log line says why. Answers that aren’t made with the shared secret, or have no Message-Authenticator, don’t count.',
    },
    fail: {
      'Server error': 'No server sent a valid answer, or the one that sent the challenge did not.',
      'No RADIUS shared secret found': 'The identifier names no secret.',
    },
  },
  requires: () => ['username', 'password'],
  proves: { TRUE: 'pwd' },
  needs: ['radius', 'web', 'identities'],
  reference: {
    outputs: 'the identified person',
    keys: {
      [challengeKey]:
        'A challenge of a RADIUS server: `octets` (its state, in base64), `replyMessage`, and the person’s `response`.',
    },
    outcomes: {
      TRUE: 'The server accepted the credentials.',
      FALSE: 'The server rejected them, or they are missing.',
      CHALLENGE: 'The server wants an answer from the person.',
      LOCKED: 'The person’s account here is inactive or locked.',
    },
    example:
      'After Username Collector and Password Collector, with the outcome Challenge to a RADIUS Challenge Collector node that leads back to this node.',
  },
  async run({ config, state, radius, web, identities, log }) {
    const secret = sharedSecret(config.sharedSecretPurpose ?? '', (label) => web.secret(label))
    if (!secret) return fail('No RADIUS shared secret found')
    const username = state.getText('username') ?? ''
    const answered = answeredChallenge(state, username)
    const password = answered?.response ?? state.getText('password') ?? ''
    // The answer to a challenge may be empty, such as after “Approve on your phone”.
    const isMissing = answered === undefined && password.trim() === ''
    if (username.trim() === '' || isMissing) return goTo('FALSE', rejected)
    if (config.checkForLockout) {
      const person = await identities.find(username)
      if (person !== undefined && (await identities.isLocked(person._id))) return goTo('LOCKED', lockedOut)
    }
    const settings = {
      servers: [...config.primaryServers, ...config.secondaryServers],
      secret,
      timeoutSeconds: config.timeout,
      retryAfterMinutes: config.healthCheckInterval,
    }
    const challenge = answered && { server: answered.server, state: answered.octets }
    try {
      const verdict = await radius.check(settings, { username, password, challenge })
      state.remove(challengeKey)
      if (verdict.kind === 'challenge') {
        const { server, state: octets, message: replyMessage } = verdict
        state.putTransient(challengeKey, { octets, replyMessage, server, userName: username })
        return goTo('CHALLENGE')
      }
      if (verdict.kind === 'wrong') return goTo('FALSE', rejected)
      return goTo('TRUE', { identified: { kind: 'user', name: username } })
    } catch (error) {
      log.error('no RADIUS server answered', error)
      return fail('Server error')
    }
  },
})

function sharedSecret(purpose: string, named: (label: string) => string | undefined): string | undefined {
  return identifier.test(purpose) ? named(`am.authentication.nodes.radius.${purpose}.secret`) : undefined
}

/** A challenge counts only for the person whose name the server got. */
function answeredChallenge(state: NodeState, username: string) {
  const { data } = challengeSchema.safeParse(state.get(challengeKey))
  // rule S59: otherwise an answer to the challenge of one person signs in another
  return data?.userName === username && data.response !== undefined
    ? { ...data, response: data.response }
    : undefined
}
