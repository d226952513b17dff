import { t } from '../../translate/translate.ts'
import './key-list.css'
import { Modal } from '@mantine/core'
import { create } from 'zustand'

/** Whether the list of keyboard shortcuts is shown. */
export const useKeyList = create<{ isShown: boolean; show(): void; hide(): void }>()((set) => ({
  isShown: false,
  show: () => set({ isShown: true }),
  hide: () => set({ isShown: false }),
}))

const keys = [
  ['N', 'New check, unless its form is filled in'],
  ['S', 'All checks'],
  ['L', 'Copy the link of the check on the page'],
  ['1–9', 'Open a check in progress, in the order of the list'],
  ['1–9', 'In a new check: choose an answer of the question with the focus'],
  ['?', 'This list'],
] as const

export function KeyList() {
  const { isShown, hide } = useKeyList()
  return (
    <Modal opened={isShown} onClose={hide} title={t('Keyboard shortcuts')}>
      <dl className="key-list stack gap-3">
        {keys.map(([key, act]) => (
          <div className="stack align-center gap-3" key={act}>
            <dt>
              <kbd className="text-center text-note strong">{key}</kbd>
            </dt>
            <dd>{t(act)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
