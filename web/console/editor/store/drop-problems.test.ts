import { expect, test } from 'vitest'
import { nodeTypeCatalogue } from '../model/node-type-catalogue.ts'
import { smallJourney } from '../model/small-journey.fixture.ts'
import { createEditorStore } from './editor-store.ts'

test('a problem of a refused save goes away when its setting changes', () => {
  const last = { isDefault: false, savedAt: null, savedBy: null, savedById: null, saves: 0, _findings: [] }
  const store = createEditorStore({
    realm: '/alpha',
    stored: {
      _id: 'Small',
      draft: null,
      published: { _id: 'Small', _rev: '1', ...smallJourney(), ...last },
      base: null,
    },
    catalogue: nodeTypeCatalogue({ result: [], families: [], categories: [] }),
    referenceNames: { script: () => undefined },
  })
  const problems = [
    { nodeId: 'wait', attribute: 'secondsToWait', message: 'Seconds to Wait is required.' },
    { nodeId: 'page', attribute: 'pageHeader', message: 'Page Header is required.' },
  ]
  store.getState().setSaveState({ kind: 'refused', message: 'Seconds to Wait is required.', problems })

  store.getState().dropProblems('wait', 'spamDetectionTolerance')
  expect(store.getState().saveState).toMatchObject({ problems })
  store.getState().dropProblems('wait', 'secondsToWait')
  expect(store.getState().saveState).toMatchObject({
    message: 'Page Header is required.',
    problems: [{ nodeId: 'page' }],
  })
  store.getState().dropProblems('page', 'pageHeader')
  expect(store.getState().saveState).toEqual({ kind: 'idle' })
})
