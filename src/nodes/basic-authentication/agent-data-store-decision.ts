import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { checkCollectedPassword, credentialErrors } from './data-store-decision.ts'

/** Checks the collected credentials of an agent. Source: "Agent Data Store Decision node". */
export const agentDataStoreDecision = defineNode({
  type: 'AgentDataStoreDecisionNode',
  title: 'Agent Data Store Decision',
  help: 'Checks an agent’s name and password against the identity store. People are not accepted.',
  tags: ['basic authn', 'basic authentication'],
  family: 'identity',
  outcomes: decisionOutcomes,
  reads: () => ['username', 'password'],
  errors: credentialErrors,
  requires: () => ['username', 'password'],
  proves: { true: 'pwd' },
  needs: ['identities'],
  reference: {
    outputs: 'the identified agent',
    outcomes: {
      true: 'The credentials are right.',
      false: 'The credentials are wrong, or there is no such agent.',
    },
  },
  run: (context) => checkCollectedPassword(context, 'agent'),
})
