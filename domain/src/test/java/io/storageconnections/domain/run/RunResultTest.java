package io.storageconnections.domain.run;

import static io.storageconnections.domain.connection.RandomCases.checkEach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunResultTest {

  @ParameterizedTest
  @CsvSource({
    "Success, Success",
    "Success Success, Success",
    "Success Error, PartialSuccess",
    "Success TimedOut, PartialSuccess",
    "Success Cancelled, PartialSuccess",
    "Success Skipped, PartialSuccess",
    "PartialSuccess, PartialSuccess",
    "PartialSuccess Success, PartialSuccess",
    "PartialSuccess Error, PartialSuccess",
    "Error, Error",
    "Error TimedOut, Error",
    "Error Cancelled, Error",
    "TimedOut, TimedOut",
    "TimedOut Cancelled Skipped, TimedOut",
    "Cancelled, Cancelled",
    "Cancelled Skipped, Cancelled",
    "Skipped, Skipped",
    "Undetermined, Undetermined",
    "Undetermined Success Error, Undetermined"
  })
  void the_result_of_a_whole_follows_from_the_results_of_its_parts(String parts, String whole) {
    var results = Arrays.stream(parts.split(" ")).map(RunResult::parse).toList();

    assertThat(RunResult.ofAll(results)).hasToString(whole);
    assertThat(RunResult.ofAll(results.reversed())).hasToString(whole);
  }

  @Test
  void the_tasks_of_a_run_give_the_same_result_as_its_jobs() {
    checkEach(random -> {
      var jobs = new ArrayList<RunResult>();
      var tasks = new ArrayList<RunResult>();
      for (int job = random.nextInt(1, 4); job > 0; job--) {
        var tasksOfJob =
            Stream.generate(() -> oneOf(RunResult.values(), random))
                .limit(random.nextInt(1, 4))
                .toList();
        jobs.add(RunResult.ofAll(tasksOfJob));
        tasks.addAll(tasksOfJob);
      }
      assertThat(RunResult.ofAll(jobs)).as("%s", tasks).isEqualTo(RunResult.ofAll(tasks));
    });
  }

  @Test
  void a_whole_has_parts() {
    assertThatIllegalArgumentException().isThrownBy(() -> RunResult.ofAll(List.of()));
  }

  private static <T> T oneOf(T[] values, RandomGenerator random) {
    return values[random.nextInt(values.length)];
  }
}
