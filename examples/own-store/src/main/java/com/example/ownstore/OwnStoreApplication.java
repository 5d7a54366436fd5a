package com.example.ownstore;

import com.example.ownstore.directory.MembersIModelDirectory;
import com.example.ownstore.store.SynchronizedStore;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.Dependencies;
import io.storageconnections.application.port.StorageFiles;
import io.storageconnections.application.validation.RequestValidator;
import io.storageconnections.domain.connection.Limits;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Clock;
import java.util.UUID;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * An application without a database: it brings its own store and its own directory of iModels. It
 * depends on {@code storage-connections-application} only, and so gets no jOOQ. With {@code
 * storage-connections-embedded}, {@code StorageConnectionsService.builder().store(…).iModels(…)}
 * does the same in one line.
 */
public final class OwnStoreApplication implements AutoCloseable {

  private final ValidatorFactory validators =
      Validation.byProvider(HibernateValidator.class)
          .configure()
          .ignoreXmlConfiguration()
          // Needs no implementation of Jakarta Expression Language.
          .messageInterpolator(new ParameterMessageInterpolator())
          .buildValidatorFactory();

  private final UseCases useCases;

  /**
   * Creates the application.
   *
   * @param iModels the iModels and their members
   */
  public OwnStoreApplication(MembersIModelDirectory iModels) {
    useCases =
        UseCases.on(
            new Dependencies(
                new SynchronizedStore(),
                iModels,
                StorageFiles.UNCHECKED,
                Limits.NONE,
                new RequestValidator(validators.getValidator()),
                Clock.systemUTC(),
                UUID::randomUUID,
                Dependencies.AUDIT_RETENTION));
  }

  /** Returns the use cases of the library. */
  public UseCases useCases() {
    return useCases;
  }

  @Override
  public void close() {
    validators.close();
  }
}
