import { stripVTControlCharacters } from 'node:util';
import { DefaultRenderer, Listr, ListrTaskState } from 'listr2';
import { truncateTo } from '../base/text-width.js';

/** Draws rows with listr2's icons and colours. It is never run: nothing here schedules, and nothing redraws by itself. */
export class Window {
  private readonly list = new Listr<unknown, 'default', 'silent'>([], { registerSignalListeners: false, fallbackRenderer: 'silent' });
  private readonly renderer: RowRenderer;
  private readonly pool: typeof this.list.tasks;
  /** Lines that stand on the terminal now. */
  private drawn = 0;

  constructor(
    columns: () => number,
    private readonly colour: boolean,
    rows: number,
  ) {
    this.list.add(Array.from({ length: rows }, () => ({ title: 'row', task: () => {} })));
    this.pool = [...this.list.tasks];
    // What enables a task for drawing; done before the next turn of the event loop.
    for (const row of this.pool) {
      row.state$ = ListrTaskState.WAITING;
      void row.check(undefined).then(() => {
        row.state$ = ListrTaskState.STARTED;
      });
    }
    this.renderer = new RowRenderer(columns, this.list.tasks);
  }

  /** Takes the window off the terminal, line by line: erasing to the end of the screen from its top makes tmux keep what was erased in its history [tried]. */
  erase(): string {
    const text = '\u001b[1A\u001b[2K'.repeat(this.drawn);
    this.drawn = 0;
    return text;
  }

  /** One line for each text, for as many as there are rows. */
  draw(rows: readonly string[]): string {
    this.list.tasks.splice(0, Number.POSITIVE_INFINITY, ...this.pool.slice(0, rows.length));
    for (const [at, row] of this.list.tasks.entries()) row.title$ = rows[at] ?? '';
    const drawn = this.renderer.create();
    if (drawn === '') return '';
    this.drawn = drawn.split('\n').length;
    return `${this.colour ? drawn : stripVTControlCharacters(drawn)}\n`;
  }
}

/** listr2's own `format` wraps to process.stdout's width, which may be another terminal than ours. */
class RowRenderer extends DefaultRenderer {
  constructor(
    private readonly width: () => number,
    rows: ConstructorParameters<typeof DefaultRenderer>[0],
  ) {
    super(rows, { lazy: true }, new Listr([], { registerSignalListeners: false, renderer: 'silent' }).events);
  }

  protected override format(message: string, icon: string): string[] {
    return [`${icon} ${truncateTo(message, this.width() - 4)}`];
  }
}
