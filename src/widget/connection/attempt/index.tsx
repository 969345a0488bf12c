import type { ComponentProps } from 'react';
import { PanelProvider, type Panel } from '../../settings/panel-context.js';
import { AttemptPanel } from './AttemptPanel.js';

export { createAttempt } from './attempt.js';

type Props = ComponentProps<typeof AttemptPanel> & {
  /** That of the settings, which is another file of the archive: React's contexts do not reach from one to the other. */
  panel: Panel;
};

/** One way to connect a channel, open. */
export function ConnectPanel({ panel, ...props }: Props) {
  return (
    <PanelProvider value={panel}>
      <AttemptPanel {...props} />
    </PanelProvider>
  );
}
