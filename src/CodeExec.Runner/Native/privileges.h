/* Each returns 0, or -1 with errno. */
int cell_give_up_gaining(void);
int cell_give_up(const void *instructions, int count);
int cell_limit(unsigned long long cpu_seconds, unsigned long long file_bytes, unsigned long long open_files, unsigned long long stack_bytes, unsigned long long most_stack_bytes);
