import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { authenticatedBy, authenticationKinds } from '../multi-factor/multi-factor.ts'

/** The kind of authentication in anonymous sessions. */
export const anonymousKind = 'Anonymous'

/** Signs in without identifying the person. Source: "Anonymous User Mapping node". */
export const anonymousUser = defineNode({
  type: 'AnonymousUserNode',
  title: 'Anonymous User Mapping',
  help: 'Continues as a fixed person without authentication. The person must exist for the journey to succeed.',
  tags: ['utilities'],
  family: 'identity',
  config: () =>
    z.object({
      anonymousUserName: setting(
        'Anonymous User Name',
        'Username of the person.',
        z.string().min(1).default('anonymous'),
      ),
    }),
  outcomes: singleOutcome,
  reads: () => [authenticationKinds],
  writes: () => [authenticationKinds, 'username'],
  reference: {
    outputs: 'the identified person, and the session property `NodeType`',
    keys: { [authenticationKinds]: 'Kinds of authentication that succeeded, each followed by a bar.' },
  },
  run({ config: { anonymousUserName: name }, state }) {
    state.putShared('username', name)
    return goTo('outcome', { ...authenticatedBy(state, anonymousKind), identified: { kind: 'user', name } })
  },
})
