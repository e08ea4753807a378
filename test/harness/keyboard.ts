import type { Locator, Page } from 'playwright-core';

// A page by keyboard alone, as one without a mouse goes through it: nothing is clicked, and nothing is filled in but by keys.

/** More controls than any page has. */
const MOST = 400;

export interface Keyboard {
  /** Keys pressed so far; letters typed are not counted. */
  readonly keys: number;
  press(key: string): Promise<void>;
  /** Tab by Tab. @throws Error the control is not reached */
  reach(control: Locator): Promise<void>;
  /** A link, a button or what folds out. */
  act(control: Locator): Promise<void>;
  /** Instead of what is there. */
  type(field: Locator, text: string): Promise<void>;
  /** One of several: by Space, or by the arrows from the one that Tab leads to. */
  choose(radio: Locator): Promise<void>;
  /** One of a list, by the beginning of its words. */
  select(list: Locator, label: string): Promise<void>;
}

export function keyboardOf(page: Page): Keyboard {
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const focused = (control: Locator) => control.and(page.locator(':focus')).count();
  const reach = async (control: Locator) => {
    await control.first().waitFor();
    for (let steps = 0; steps < MOST; steps += 1) {
      if ((await focused(control)) > 0) return;
      await press('Tab');
    }
    throw new Error(`Tab does not lead to ${control}`);
  };
  return {
    get keys() {
      return keys;
    },
    press,
    reach,
    async act(control) {
      await reach(control);
      await press('Enter');
    },
    async type(field, text) {
      await reach(field);
      await press('Control+A');
      await page.keyboard.type(text);
    },
    async choose(radio) {
      const name = await radio.getAttribute('name');
      await reach(page.locator(`input[type="radio"][name="${name}"]`));
      for (let steps = 0; (await focused(radio)) === 0; steps += 1) {
        if (steps > MOST) throw new Error(`the arrows do not lead to ${radio}`);
        await press('ArrowDown');
      }
      if (!(await radio.isChecked())) await press('Space');
    },
    async select(list, label) {
      await reach(list);
      await page.keyboard.type(label);
      const chosen = await list.locator('option:checked').innerText();
      if (!chosen.startsWith(label)) throw new Error(`«${chosen}» is chosen by «${label}»`);
    },
  };
}
