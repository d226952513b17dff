import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { serviceAccounts } from '../../api/service-accounts.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import type { Draft } from '../saving/use-draft.ts'
import { settingsIn } from './account-document.ts'
import { canMakeKeys, keyName, makeKeyPair } from './key-pair.ts'
import { PrivateKeySheet } from './private-key.tsx'

type Props = { id: string; name: string; draft: Draft }

/** Makes a key and saves its public half at once. @returns the private half, which is stored nowhere */
async function addKey(id: string, draft: Draft) {
  const { publicKey, privateJwk } = await makeKeyPair()
  const { document, revision } = await serviceAccounts.read('/', id)
  const changed = { ...document, keys: [...document.keys, publicKey] }
  draft.rebase(await serviceAccounts.save('/', id, changed, revision))
  return privateJwk
}

/** The public keys. A new one is saved at once; removals are saved with the page. */
export function Keys({ id, name, draft }: Props) {
  const { keys } = settingsIn(draft.document)
  const addition = useMutation({ mutationFn: () => addKey(id, draft), gcTime: 0 })
  const remove = (at: number) =>
    draft.set(
      ['keys'],
      keys.filter((_, index) => index !== at),
    )
  return (
    <section className="panel stack gap-4" aria-label="Keys">
      <h2 className="heading-2">Keys</h2>
      <ul className="account-keys" aria-label="Public keys">
        {keys.map((key, at) => (
          <li className="row justify-between gap-2 breaks" key={JSON.stringify(key)}>
            <code>{keyName(key)}</code>
            {keys.length > 1 && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`Remove key ${keyName(key)}`}
                onClick={() => remove(at)}
              >
                Remove
              </Button>
            )}
          </li>
        ))}
      </ul>
      {addition.error !== null && <ErrorNotice title="The key was not added" error={addition.error} />}
      {canMakeKeys() ? (
        <Button
          variant="default"
          size="compact-sm"
          loading={addition.isPending}
          onClick={() => addition.mutate()}
        >
          Make another key
        </Button>
      ) : (
        <p>Browsers make keys only on pages with https.</p>
      )}
      {addition.data !== undefined && (
        <PrivateKeySheet
          title="New private key"
          done="Done"
          id={id}
          name={name}
          privateJwk={addition.data}
          onClose={addition.reset}
          onDone={addition.reset}
        />
      )}
    </section>
  )
}
