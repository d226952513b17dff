import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { authenticatedBy, authenticationKinds } from '../multi-factor/multi-factor.ts'

/** How a session says that it is nobody's. */
export const anonymousKind = 'Anonymous'

/** Lets somebody in without asking who they are. Source: "Anonymous User Mapping node". */
export const anonymousUser = defineNode({
  type: 'AnonymousUserNode',
  version: '1.0',
  title: 'Anonymous User Mapping',
  help: 'Goes on as one certain person, whoever it is. A success needs such a person in the realm.',
  tags: ['utilities'],
  family: 'identity',
  config: z.object({
    anonymousUserName: setting(
      'Anonymous User Name',
      'User name of the person that everybody is.',
      z.string().min(1).default('anonymous'),
    ),
  }),
  outcomes: singleOutcome,
  reads: () => [authenticationKinds],
  writes: () => [authenticationKinds, 'username'],
  needs: [],
  reference: {
    outputs: 'who the person is; the session property `NodeType`',
    keys: { [authenticationKinds]: 'Kinds of authentication that succeeded, each followed by a bar.' },
  },
  run({ config: { anonymousUserName: name }, state }) {
    state.putShared('username', name)
    return goTo('outcome', { ...authenticatedBy(state, anonymousKind), identified: { kind: 'user', name } })
  },
})
