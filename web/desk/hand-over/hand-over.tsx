import { Button, Modal, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listAgents, offerCheck } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import type { CheckView } from '../check-page/use-check.ts'
import { useServerNow } from '../components/use-server-now.ts'
import { useRealm } from '../navigation/navigation.ts'
import { mayOffer } from './offer-of.ts'
import { useHandOver } from './use-hand-over.ts'

/** Offers the agent's own check to a colleague or the team. */
export function HandOver(view: CheckView) {
  const { reference, name } = view
  const [isOpen, setIsOpen] = useState(false)
  const now = useServerNow()
  if (!mayOffer(view, now)) return null
  return (
    <>
      <Button variant="default" onClick={() => setIsOpen(true)}>
        {t('Hand over')}
      </Button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={t('Hand this check over?')}>
        <OfferForm reference={reference} name={name} onClose={() => setIsOpen(false)} />
      </Modal>
    </>
  )
}

function OfferForm({ reference, name, onClose }: { reference: string; name: string; onClose: () => void }) {
  const realm = useRealm()
  const [to, setTo] = useState('')
  const { run, problem, isBusy } = useHandOver()
  const agents = useQuery({
    queryKey: ['agents', realm],
    queryFn: ({ signal }) => listAgents(realm, signal),
    staleTime: 60_000,
  })
  const colleagues = (agents.data ?? []).map(({ _id, displayName }) => ({ value: _id, label: displayName }))
  const offer = async () => {
    if (await run(() => offerCheck(realm, reference, to === '' ? null : to))) onClose()
  }
  return (
    <>
      <p className="dialog-text wrap note below-4 muted">
        <Translated
          text="The check of {name} stays yours until somebody takes it over. The caller can go on meanwhile."
          values={{ name: <bdi>{name}</bdi> }}
        />
      </p>
      <Select
        label={t('To')}
        data={[{ value: '', label: t('Anyone on the team') }, ...colleagues]}
        value={to}
        onChange={(value) => setTo(value ?? '')}
        allowDeselect={false}
        searchable={colleagues.length > 8}
        mb="md"
        comboboxProps={{ withinPortal: true }}
      />
      {agents.isError && (
        <p className="dialog-text wrap text-note below-4 ink-bad" role="alert">
          {t('Your colleagues could not be loaded. You can offer the check to the team.')}
        </p>
      )}
      {problem !== '' && (
        <p className="dialog-text wrap text-note below-4 ink-bad" role="alert">
          {problem}
        </p>
      )}
      <div className="wrap justify-end gap-2">
        <Button variant="default" onClick={onClose}>
          {t('Keep the check')}
        </Button>
        <Button loading={isBusy} onClick={offer}>
          {t('Offer')}
        </Button>
      </div>
    </>
  )
}
