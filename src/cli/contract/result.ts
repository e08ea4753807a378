/** How one case went, in sentences for people. */
export interface Result {
  name: string;
  sent: string;
  right: string;
  came: string;
  /** `excepted`: it failed, as the one who runs it has written. */
  outcome: 'passed' | 'failed' | 'excepted';
  ms: number;
}
